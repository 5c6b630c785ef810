// Python's regex module, which searches with a bounded number of substitutions.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { pythonPeer } from '../../peers/python.js';
import type { SearchInstance, SearchSolution } from '../search.js';

/** `regex.finditer('(?:PATTERN){s<=k}', text, overlapped=True)`. */
export function solver(given: Params): Solver<SearchInstance, SearchSolution> {
  return pythonPeer<SearchInstance, SearchSolution>({
    name: 'python-regex',
    version: '1',
    params: readParams('solver python-regex', given, {}),
    sampling: 'once',
    script: fileURLToPath(new URL('../../../hamming/peers/regex_search.py', import.meta.url)),
    settings: 'bytes pattern compiled before the clock, substitutions alone, overlapped matches, no best-match flag',
    install: 'pip install regex numpy',
    supports: ({ text }) => text instanceof Uint8Array || { skip: 'symbols are no bytes' },
    toPeer: ({ text, pattern, k }) => ({ text, pattern, k }),
  });
}
