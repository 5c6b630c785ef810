// Our profile, through its public call.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import { type ExactMethod, hammingProfile, plan } from '@lemmata/hamming';
import type { HammingInput } from '../instance.js';
import type { ProfileSolution } from '../profile.js';

/** Predicted nanoseconds beyond which a method is not tried. */
const LONGEST = 2e9;

/** Whether a method can be forced, in a time that can be waited for. */
function canRun({ text, pattern }: HammingInput, method: ExactMethod | 'auto', backend: 'auto' | 'js' | 'wasm') {
  if (method === 'auto') return true;
  const cost = plan(text.length, pattern, { backend }).costs[method];
  if (cost === undefined) return { skip: `'${method}' cannot run on this pattern` };
  return cost <= LONGEST || { skip: `'${method}' is predicted to take ${Math.round(cost / 1e9)} s` };
}

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
    supports: (given) => canRun(given, params.method, params.backend),
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
