// The C yardstick: the method of our default for games, written by hand in C.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { nativePeer } from '../../peers/native.js';
import { type GameInstance, type GameSolution, payoffRange } from '../game-certificate.js';

/** Forward-reflected-backward steps with variance reduction in C. */
export function solver(given: Params): Solver<GameInstance, GameSolution> {
  return nativePeer<GameInstance, GameSolution>({
    name: 'c-yardstick',
    version: '1',
    params: readParams('solver c-yardstick', given, {}),
    source: fileURLToPath(new URL('../../../halpern/peers/forward_reflected_backward.c', import.meta.url)),
    settings: 'our own C, no library: the same steps as our default, payoffs stored by rows and by columns, one thread',
    toPeer: (instance) => ({
      rows: instance.A.rows,
      cols: instance.A.cols,
      range: payoffRange(instance),
      payoffs: instance.A.data,
    }),
  });
}
