// The heat equation of "Learning to Relax" (ICLR 2024), section 4, by Crank and Nicolson: diffusivity and source change
// with time, and each step starts where the one before ended. Written here anew: nothing of the package is used.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { cos, exp, sin } from '@lemmata/core';
import type { SystemSequence } from '../systems.js';
import { gridLaplacian } from './grid.js';

const TIME_STEP = 1e-3;
/** The source turns eight times a unit of time: it is the same again after so many steps. */
const TURN = 125;

/** exp(1 - 1 / (1 - |p - c|^2 / r^2)) at the interior points of the unit square, times a size. */
function bump(intervals: number, centreX: number, centreY: number, radius: number, size: number): number[] {
  const values: number[] = [];
  for (let i = 1; i < intervals; i++) {
    for (let j = 1; j < intervals; j++) {
      const x = i / intervals - centreX;
      const y = j / intervals - centreY;
      const share = (x * x + y * y) / (radius * radius);
      values.push(share < 1 ? size * exp(1 - 1 / (1 - share)) : 0);
    }
  }
  return values;
}

/** Steps `first` to `first + steps - 1`; diffusivity is large from step 500 to 999, small from 0 to 499. */
export function dataset(given: Params): Dataset<SystemSequence> {
  const params = readParams('dataset heat', given, {
    intervals: { default: 50, min: 2, max: 1000, integer: true },
    first: { default: 500, min: 0, integer: true },
    steps: { default: 200, min: 1, max: 5000, integer: true },
  });
  return {
    name: 'heat',
    version: '1',
    params,
    licence: 'generated',
    source:
      'u_t = kappa(t) Laplace u + f on the unit square, kappa = max(0.1 sin 2 pi t, -10 sin 2 pi t), f a bump that circles; Crank-Nicolson, time step 0.001',
    generate: () => {
      const { intervals, first, steps } = params;
      const n = (intervals - 1) * (intervals - 1);
      const middles = Float64Array.from({ length: steps }, (_, t) => (first + t + 0.5) * TIME_STEP);
      const contexts = middles.map((time) => {
        const wave = sin(2 * Math.PI * time);
        return Math.max(0.1 * wave, -10 * wave);
      });
      const different = Math.min(steps, TURN);
      const sources = new Float64Array(different * n);
      for (let t = 0; t < different; t++) {
        const angle = 16 * Math.PI * middles[t];
        sources.set(bump(intervals, 0.5 + cos(angle) / 4, 0.5 + sin(angle) / 4, 1 / 8, 32 * TIME_STEP), t * n);
      }
      return {
        n,
        steps,
        coupled: 1,
        ...gridLaplacian(intervals - 1),
        factors: contexts.map((kappa) => (kappa * TIME_STEP * intervals * intervals) / 2),
        masses: new Float64Array(n).fill(1),
        massOf: new Int32Array(steps),
        sources,
        sourceOf: Int32Array.from({ length: steps }, (_, t) => t % TURN),
        initial: Float64Array.from(bump(intervals, 0.5, 0.5, 1 / 4, 1)),
        contexts,
      };
    },
    describe: ({ n, steps, data }) => ({ shape: [n, n, steps], nnz: data.length }),
  };
}
