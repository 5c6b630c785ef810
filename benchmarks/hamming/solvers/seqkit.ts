// seqkit, a tool for files of sequences.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { pythonPeer } from '../../peers/python.js';
import type { SearchInstance, SearchSolution } from '../search.js';

/** `seqkit locate -m k -P`. */
export function solver(given: Params): Solver<SearchInstance, SearchSolution> {
  return pythonPeer<SearchInstance, SearchSolution>({
    name: 'seqkit',
    version: '1',
    params: readParams('solver seqkit', given, {}),
    sampling: 'once',
    script: fileURLToPath(new URL('../../../hamming/peers/seqkit_search.py', import.meta.url)),
    settings: 'one strand, one thread; its time includes the start of the process and reading the file (some 10 ms)',
    install: 'apt-get install seqkit; pip install numpy',
    supports: ({ text, pattern }) => {
      if (!(text instanceof Uint8Array)) return { skip: 'symbols are no bytes' };
      return (
        pattern.every((base: number) => 'ACGT'.includes(String.fromCharCode(base))) || {
          skip: 'other letters than A, C, G, T',
        }
      );
    },
    toPeer: ({ text, pattern, k }) => ({ text, pattern, k }),
  });
}
