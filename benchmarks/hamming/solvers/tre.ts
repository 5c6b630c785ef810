// TRE, the library behind tre-agrep.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { nativePeer } from '../../peers/native.js';
import type { SearchInstance, SearchSolution } from '../search.js';

/** `tre_reganexecb` with substitutions alone. */
export function solver(given: Params): Solver<SearchInstance, SearchSolution> {
  return nativePeer<SearchInstance, SearchSolution>({
    name: 'tre',
    version: '1',
    params: readParams('solver tre', given, {}),
    source: fileURLToPath(new URL('../../../hamming/peers/tre_search.c', import.meta.url)),
    libraries: ['tre'],
    packages: ['libtre-dev'],
    sampling: 'once',
    settings:
      'pattern compiled before the clock, substitutions alone; what lies on both sides of the best window is searched anew',
    supports: ({ text }) => text instanceof Uint8Array || { skip: 'symbols are no bytes' },
    toPeer: ({ text, pattern, k }) => ({ text, pattern, k }),
  });
}
