// Our profile, through its public call.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { hammingProfile } from '@lemmata/hamming';
import type { HammingInput } from '../instance.js';
import type { ProfileSolution } from '../profile.js';

/** `hammingProfile` by one of its methods and backends. */
export function solver(given: Params): Solver<HammingInput, ProfileSolution> {
  const params = readParams('solver lemmata', given, {
    method: ['auto', 'bytes', 'sliced', 'fft', 'heavy-light', 'marking'],
    backend: ['auto', 'js', 'wasm'],
  });
  let instance: HammingInput;
  let solution: ProfileSolution;
  let counts: Readonly<Record<string, number>>;
  return {
    name: 'lemmata',
    version: '1',
    params,
    language: 'TypeScript',
    sampling: 'once',
    determinism: 'R3',
    supports: () => true,
    setup: (given) => {
      instance = given;
    },
    run: (probe) => {
      const result = hammingProfile(instance.text, instance.pattern, params);
      const { laneWords, planeWords, transformPoints, increments } = result.counts;
      solution = { distances: result.distances };
      counts = { ...result.counts, operations: laneWords + planeWords + transformPoints + increments };
      probe.tick();
    },
    solution: () => solution,
    counts: () => counts,
  };
}
