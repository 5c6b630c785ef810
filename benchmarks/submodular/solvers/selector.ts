// Our dynamic selector, through its public calls.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { DynamicSelector, weightedCoverage } from '@lemmata/submodular';
import { recordings, type WindowInstance, type WindowSolution } from '../sliding-window.js';

/** `DynamicSelector` of `@lemmata/submodular`: one update a slide. */
export function solver(given: Params): Solver<WindowInstance, WindowSolution> {
  const params = readParams('solver selector', given, { epsilon: { default: 0.1, min: 0.001, max: 0.5 } });
  let instance: WindowInstance;
  let solution: WindowSolution;
  let counts: Readonly<Record<string, number>>;
  let seed: string;
  return {
    name: 'lemmata-selector',
    version: '1',
    params,
    language: 'TypeScript',
    sampling: 'once',
    determinism: 'R3',
    supports: () => true,
    setup: (given, context) => {
      instance = given;
      seed = context.seed;
    },
    run: () => {
      const { indptr, indices, weights, k, window, slides, every } = instance;
      const shown = new Int32Array(recordings(instance) * k).fill(-1);
      const f = weightedCoverage({ indptr, indices }, { weights });
      const selector = new DynamicSelector(f, { k, epsilon: params.epsilon, seed });
      selector.update({ insert: Int32Array.from({ length: window }, (_, e) => e) });
      const { gain: filling } = selector.counts;
      for (let t = 1; t <= slides; t++) {
        selector.update({ delete: [t - 1], insert: [window + t - 1] });
        if (t % every === 0) shown.set(selector.solution(), (t / every - 1) * k);
      }
      const { gain, add, rebuilds, activations } = selector.counts;
      solution = { shown };
      counts = { gainsPerSlide: (gain - filling) / slides, gains: gain, adds: add, rebuilds, activations };
    },
    solution: () => solution,
    counts: () => counts,
  };
}
