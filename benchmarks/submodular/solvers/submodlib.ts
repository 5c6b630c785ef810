// submodlib in a Python process.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { pythonPeer } from '../../peers/python.js';
import type { RepresentativesInstance, RepresentativesSolution } from '../representatives.js';

/** `submodlib.FacilityLocationFunction` with its lazy greedy. */
export function solver(given: Params): Solver<RepresentativesInstance, RepresentativesSolution> {
  return pythonPeer<RepresentativesInstance, RepresentativesSolution>({
    name: 'submodlib',
    version: '1',
    params: readParams('solver submodlib', given, {}),
    sampling: 'once',
    script: fileURLToPath(new URL('../../../submodular/peers/submodlib_representatives.py', import.meta.url)),
    settings:
      'mode dense with its own float32 similarity array and optimizer LazyGreedy, no progress bar; constructor and maximize are timed',
    install: 'pip install submodlib-py==0.0.3',
  });
}
