// Our own C, against which times are judged.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { nativePeer } from '../../peers/native.js';
import type { SequenceSolution, SystemSequence } from '../systems.js';

/** SSOR-CG with a fixed omega in C. */
export function solver(given: Params): Solver<SystemSequence, SequenceSolution> {
  const params = readParams('solver c-yardstick', given, { omega: { default: 1, min: 0.01, max: 1.99 } });
  return nativePeer<SystemSequence, SequenceSolution>({
    name: 'c-yardstick',
    version: '1',
    params,
    source: fileURLToPath(new URL('../../../sor-bandit/peers/ssor_cg.c', import.meta.url)),
    settings:
      'SSOR-CG with one pass over the matrix an iteration, omega fixed beforehand, cc -O3 -march=native, one thread',
    toPeer: (instance) => ({ ...instance, omega: params.omega }),
  });
}
