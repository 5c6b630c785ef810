// Our greedy selection, through its public call.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { facilityLocation, select } from '@lemmata/submodular';
import type { RepresentativesInstance, RepresentativesSolution } from '../representatives.js';

/** `select` of `@lemmata/submodular` with facility location. */
export function solver(given: Params): Solver<RepresentativesInstance, RepresentativesSolution> {
  const params = readParams('solver select', given, { algorithm: ['lazy', 'greedy'] });
  let instance: RepresentativesInstance;
  let data: Float64Array;
  let solution: RepresentativesSolution;
  let counts: Readonly<Record<string, number>>;
  return {
    name: 'lemmata-select',
    version: '1',
    params,
    language: 'TypeScript',
    sampling: 'once',
    determinism: 'R3',
    supports: () => true,
    setup: (given) => {
      instance = given;
      data = Float64Array.from(given.similarity);
    },
    run: () => {
      const { n, k } = instance;
      const f = facilityLocation({ rows: n, cols: n, data });
      const { selected, counts: calls } = select(f, { k, algorithm: params.algorithm });
      solution = { selected };
      counts = { gains: calls.gain, adds: calls.add };
    },
    solution: () => solution,
    counts: () => counts,
  };
}
