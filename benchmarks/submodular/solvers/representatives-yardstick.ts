// Lazy greedy selection for facility location, in C.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { nativePeer } from '../../peers/native.js';
import type { RepresentativesInstance, RepresentativesSolution } from '../representatives.js';

/** The yardstick of facility location. */
export function solver(given: Params): Solver<RepresentativesInstance, RepresentativesSolution> {
  return nativePeer<RepresentativesInstance, RepresentativesSolution>({
    name: 'c-yardstick-representatives',
    version: '1',
    params: readParams('solver representatives-yardstick', given, {}),
    sampling: 'once',
    source: fileURLToPath(new URL('../../../submodular/peers/representatives.c', import.meta.url)),
    settings:
      'lazy greedy on float32 rows as they came, differences added in 32 lanes of float32 and every 4096 clients in float64; a binary heap',
  });
}
