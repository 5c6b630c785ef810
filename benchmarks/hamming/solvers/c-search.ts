// The yardstick in C for the search: our own lane filter with AVX2.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { nativePeer } from '../../peers/native.js';
import type { SearchInstance, SearchSolution } from '../search.js';

/** Lane filter on the first pattern positions. */
export function solver(given: Params): Solver<SearchInstance, SearchSolution> {
  return nativePeer<SearchInstance, SearchSolution>({
    name: 'c-yardstick',
    version: '1',
    params: readParams('solver c-yardstick', given, {}),
    source: fileURLToPath(new URL('../../../hamming/peers/lane_search.c', import.meta.url)),
    sampling: 'once',
    settings:
      'AVX2, first min(m, 4 k + 8) positions as filter at 128 windows a time, windows that pass compared in full',
    supports: ({ text, k }) => {
      if (!(text instanceof Uint8Array)) return { skip: 'symbols are no bytes' };
      return 4 * k + 8 <= 255 || { skip: 'counters of 8 bits' };
    },
    toPeer: ({ text, pattern, k }) => ({ text, pattern, k }),
  });
}
