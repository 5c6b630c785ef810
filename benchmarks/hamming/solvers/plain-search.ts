// The search that anyone would write: compare each window until more than k symbols differ.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import type { SearchInstance, SearchSolution } from '../search.js';

/** Early-abort comparison of every window. */
export function solver(given: Params): Solver<SearchInstance, SearchSolution> {
  const params = readParams('solver plain-loop', given, {});
  let instance: SearchInstance;
  let solution: SearchSolution;
  let operations: number;
  return {
    name: 'plain-loop',
    version: '1',
    params,
    language: 'TypeScript',
    sampling: 'once',
    determinism: 'R3',
    supports: () => true,
    setup: (given) => {
      instance = given;
    },
    run: (probe) => {
      const { text, pattern, k } = instance;
      const m = pattern.length;
      const positions: number[] = [];
      const distances: number[] = [];
      operations = 0;
      for (let i = 0; i + m <= text.length; i++) {
        let distance = 0;
        let j = 0;
        for (; j < m && distance <= k; j++) if (text[i + j] !== pattern[j]) distance++;
        operations += j;
        if (distance > k) continue;
        positions.push(i);
        distances.push(distance);
      }
      solution = { positions: Float64Array.from(positions), distances: Float64Array.from(distances) };
      probe.tick();
    },
    solution: () => solution,
    counts: () => ({ operations }),
  };
}
