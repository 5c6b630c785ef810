// Alternating least squares in C, against which times are judged.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { nativePeer } from '../../peers/native.js';
import type { CompletionInstance, CompletionSolution } from '../completion.js';
import { shown } from './shown.js';

/** The yardstick of matrix completion. */
export function solver(given: Params): Solver<CompletionInstance, CompletionSolution> {
  return nativePeer<CompletionInstance, CompletionSolution>({
    name: 'c-yardstick-als',
    version: '1',
    params: readParams('solver yardstick', given, {}),
    sampling: 'once',
    source: fileURLToPath(new URL('../../../matrix-completion/peers/als.c', import.meta.url)),
    settings:
      'alternating least squares with biases, normal equations by four entries at a time and Cholesky in float64, random start, cc -O3 -march=native, one thread; sorting the entries by rows and columns is timed',
    toPeer: shown,
  });
}
