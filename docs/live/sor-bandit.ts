import { heatProblem, heatStep, SmoothThompson, ssorCg, TunedSolver } from '@lemmata/sor-bandit';
import type { LiveExample } from './live-example.js';

const START = 500;
const TOLERANCE = 1e-8;

/** Heat in a plate whose conductivity swings: the work per time step with a fixed omega, and with a learnt one. */
export const example: LiveExample = {
  controls: [
    { kind: 'range', name: 'omega', label: 'fixed omega', min: 0.2, max: 1.9, step: 0.1, value: 1 },
    { kind: 'range', name: 'intervals', label: 'grid intervals', min: 8, max: 32, step: 4, value: 32 },
    { kind: 'range', name: 'steps', label: 'time steps', min: 50, max: 400, step: 50, value: 300 },
  ],
  compute({ omega, intervals, steps }) {
    const problem = heatProblem({ intervals: Number(intervals) });
    const tuner = new SmoothThompson({ context: { min: 0, max: 10 }, seed: 1 });
    const solver = new TunedSolver({ method: 'ssor-cg', tuner });
    const x: number[] = [];
    const work: { fixed: number[]; learnt: number[] } = { fixed: [], learnt: [] };
    let residual = 0;
    let u = problem.initial;
    for (let step = START; step < START + Number(steps); step++) {
      const { matrix, rightHandSide, diffusivity } = heatStep(problem, u, step);
      const fixed = ssorCg(matrix, rightHandSide, { omega: Number(omega), initial: u, tolerance: TOLERANCE });
      const learnt = solver.solve(matrix, rightHandSide, { initial: u, context: diffusivity, tolerance: TOLERANCE });
      x.push(step);
      work.fixed.push(fixed.iterations);
      work.learnt.push(learnt.iterations);
      residual = Math.max(residual, learnt.certificate.relativeGap);
      u = learnt.x;
    }
    const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
    return {
      figures: [
        { label: 'iterations a step, omega fixed', value: mean(work.fixed) },
        { label: 'iterations a step, omega learnt', value: mean(work.learnt) },
        { label: 'largest relative residual', value: residual },
      ],
      drawing: {
        kind: 'lines',
        xLabel: 'time step',
        yLabel: 'iterations of SSOR-CG',
        series: [
          { name: 'fixed', x, y: work.fixed },
          { name: 'learnt', x, y: work.learnt },
        ],
      },
    };
  },
};
