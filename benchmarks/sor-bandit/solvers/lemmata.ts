// Our solvers, through their public calls: SSOR-CG or SOR with a factor that is given or learnt on the way.
import { type Params, type Probe, readParams, type Solver } from '@lemmata/bench';
import { ChebCb, SmoothThompson, sor, ssorCg, TsallisInf, TunedSolver } from '@lemmata/sor-bandit';
import { rightHandSide, type SequenceSolution, type SystemSequence, systemMatrix } from '../systems.js';

const METHODS = { 'ssor-cg': ssorCg, sor } as const;

/** `@lemmata/sor-bandit` by method and tuner; `omega` is used where nothing is tuned. */
export function solver(given: Params): Solver<SystemSequence, SequenceSolution> {
  const params = readParams('solver lemmata', given, {
    method: ['ssor-cg', 'sor'],
    tuner: ['none', 'smooth-thompson', 'cheb-cb', 'tsallis-inf'],
    omega: { default: 1, min: 0, max: 2 },
  });
  const { method } = params;
  let instance: SystemSequence;
  let seed = '';
  let x = new Float64Array(0);
  let counts: Readonly<Record<string, number>>;

  /** What solves the t-th system from a start. */
  function solveWith(tolerance: number) {
    if (params.tuner === 'none') {
      return (t: number, b: Float64Array, initial: Float64Array) =>
        METHODS[method](systemMatrix(instance, t), b, { omega: params.omega, initial, tolerance });
    }
    const { contexts } = instance;
    const context = { min: Math.min(...contexts), max: Math.max(...contexts) };
    const tuner = {
      'smooth-thompson': () => new SmoothThompson({ context, seed }),
      'cheb-cb': () => new ChebCb({ context, seed }),
      'tsallis-inf': () => new TsallisInf({ seed }),
    }[params.tuner]();
    const tuned = new TunedSolver({ method, tuner });
    return (t: number, b: Float64Array, initial: Float64Array) =>
      tuned.solve(systemMatrix(instance, t), b, {
        initial,
        tolerance,
        ...(tuner.contextual ? { context: contexts[t] } : {}),
      });
  }

  function run(probe: Probe): void {
    const { n, steps } = instance;
    x = new Float64Array(n * steps);
    const solve = solveWith(probe.tolerance ?? 1e-8);
    let before = instance.initial;
    let iterations = 0;
    let matrixPasses = 0;
    for (let t = 0; t < steps; t++) {
      const result = solve(t, rightHandSide(instance, t, before), before);
      x.set(result.x, t * n);
      before = result.x;
      iterations += result.iterations;
      matrixPasses += result.counts.matrixPasses;
    }
    counts = { iterations, matrixPasses };
  }

  return {
    name: 'lemmata',
    version: '1',
    params,
    language: 'TypeScript',
    sampling: 'rerun',
    determinism: 'R3',
    supports: () => true,
    setup: (given, context) => {
      instance = given;
      seed = context.seed;
    },
    run,
    solution: () => ({ x }),
    counts: () => counts,
  };
}
