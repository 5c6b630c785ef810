// The problem: the distances of all windows. A solution is as good as the number of distances that are wrong.
import { type Params, type Problem, readParams } from '@lemmata/bench';
import { allDistances, type HammingInput, oncePer } from './instance.js';

/** All distances. */
export interface ProfileSolution {
  /** Entry i is the distance of the window that begins at i. */
  readonly distances: Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
}

const truth = oncePer(allDistances);

function wrongDistances(instance: HammingInput, { distances }: ProfileSolution): number {
  const expected = truth(instance);
  let wrong = Math.abs(distances.length - expected.length);
  for (let i = 0; i < Math.min(distances.length, expected.length); i++) if (distances[i] !== expected[i]) wrong++;
  return wrong;
}

/** Distances of a pattern from every window of a text. */
export function problem(given: Params): Problem<HammingInput, HammingInput, ProfileSolution> {
  return {
    name: 'profile',
    version: '1',
    params: readParams('problem profile', given, {}),
    metric: 'wrong',
    metricLabel: 'wrong distances',
    count: 'operations',
    referenceKind: 'certified',
    load: (data) => data,
    evaluate: (instance, solution) => ({ wrong: wrongDistances(instance, solution) }),
    // No window is further away than m + 1, so every entry is wrong.
    trivialSolution: ({ text, pattern }) => ({
      distances: new Float64Array(text.length - pattern.length + 1).fill(pattern.length + 1),
    }),
    verify: (instance, solution) => {
      const wrong = wrongDistances(instance, solution);
      if (wrong > 0) throw new RangeError(`distances: expected those of the definition, got ${wrong} others`);
    },
  };
}
