// What one does without a dynamic structure: our lazy greedy selection again after every slide.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { select, weightedCoverage } from '@lemmata/submodular';
import { recordings, type WindowInstance, type WindowSolution } from '../sliding-window.js';

/** `select` of `@lemmata/submodular` on the elements of every window. */
export function solver(given: Params): Solver<WindowInstance, WindowSolution> {
  let instance: WindowInstance;
  let solution: WindowSolution;
  let counts: Readonly<Record<string, number>>;
  return {
    name: 'lemmata-select-again',
    version: '1',
    params: readParams('solver select-again', given, {}),
    language: 'TypeScript',
    sampling: 'once',
    determinism: 'R3',
    supports: () => true,
    setup: (given) => {
      instance = given;
    },
    run: () => {
      const { indptr, indices, weights, k, window, slides, every } = instance;
      const shown = new Int32Array(recordings(instance) * k).fill(-1);
      const f = weightedCoverage({ indptr, indices }, { weights });
      let gains = 0;
      for (let t = 1; t <= slides; t++) {
        const candidates = Int32Array.from({ length: window }, (_, i) => t + i);
        const result = select(f, { k, candidates });
        gains += result.counts.gain;
        if (t % every === 0) shown.set(result.selected, (t / every - 1) * k);
      }
      solution = { shown };
      counts = { gainsPerSlide: gains / slides, gains };
    },
    solution: () => solution,
    counts: () => counts,
  };
}
