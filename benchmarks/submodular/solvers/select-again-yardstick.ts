// Lazy greedy selection after every slide, in C.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { nativePeer } from '../../peers/native.js';
import type { WindowInstance, WindowSolution } from '../sliding-window.js';

/** The yardstick of the sliding window. */
export function solver(given: Params): Solver<WindowInstance, WindowSolution> {
  return nativePeer<WindowInstance, WindowSolution>({
    name: 'c-yardstick-select-again',
    version: '1',
    params: readParams('solver select-again-yardstick', given, {}),
    sampling: 'once',
    source: fileURLToPath(new URL('../../../submodular/peers/select-again.c', import.meta.url)),
    settings:
      'lazy greedy from scratch after every slide, but for the gains of single elements, which are computed once; a binary heap, bytes for covered items',
  });
}
