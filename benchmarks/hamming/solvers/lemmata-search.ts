// Our search with mismatches, through its public call.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { hammingSearch } from '@lemmata/hamming';
import type { SearchInstance, SearchSolution } from '../search.js';

/** `hammingSearch` by one of its filters and backends. */
export function solver(given: Params): Solver<SearchInstance, SearchSolution> {
  const params = readParams('solver lemmata', given, {
    filter: ['auto', 'lanes', 'profile'],
    backend: ['auto', 'js', 'wasm'],
  });
  let instance: SearchInstance;
  let solution: SearchSolution;
  let counts: Readonly<Record<string, number>>;
  return {
    name: 'lemmata',
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
      const { positions, distances, counts: spent } = hammingSearch(text, pattern, k, params);
      solution = { positions, distances };
      counts = {
        ...spent,
        // Of 1000 windows, how many passed the filter.
        candidatesPerThousand: (1000 * spent.candidates) / (text.length - pattern.length + 1),
        operations: spent.laneWords + spent.planeWords + spent.verifiedSymbols,
      };
      probe.tick();
    },
    solution: () => solution,
    counts: () => counts,
  };
}
