// apricot in a Python process.
import { fileURLToPath } from 'node:url';
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { pythonPeer } from '../../peers/python.js';
import type { RepresentativesInstance, RepresentativesSolution } from '../representatives.js';

/** `apricot.FacilityLocationSelection` with its lazy greedy. */
export function solver(given: Params): Solver<RepresentativesInstance, RepresentativesSolution> {
  return pythonPeer<RepresentativesInstance, RepresentativesSolution>({
    name: 'apricot',
    version: '1',
    params: readParams('solver apricot', given, {}),
    sampling: 'once',
    script: fileURLToPath(new URL('../../../submodular/peers/apricot_representatives.py', import.meta.url)),
    settings:
      'FacilityLocationSelection on a precomputed float64 similarity, optimizer lazy, one thread; every fit compiles its loops anew, which is part of the public call',
    install: 'pip install apricot-select==0.6.1',
  });
}
