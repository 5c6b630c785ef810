// The problem: the distances of all windows. A solution is as good as the number of distances that are wrong.
import { type Params, type Problem, readParams } from '@lemmata/bench';
import { allDistances, type HammingInput, oncePer, windowDistance } from './instance.js';

/** All distances. */
export interface ProfileSolution {
  /** Entry i is the distance of the window that begins at i. */
  readonly distances: Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
}

const truth = oncePer(allDistances);

/** Which distances are wrong: all are looked at, or `windows` of them, spread evenly from the first to the last. */
function wrongDistances(instance: HammingInput, { distances }: ProfileSolution, windows: number): number {
  const { text, pattern } = instance;
  const shifts = text.length - pattern.length + 1;
  let wrong = Math.abs(distances.length - shifts);
  if (windows === 0 || windows >= shifts) {
    const expected = truth(instance);
    for (let i = 0; i < Math.min(distances.length, shifts); i++) if (distances[i] !== expected[i]) wrong++;
    return wrong;
  }
  for (let t = 0; t < windows; t++) {
    const i = Math.floor((t * (shifts - 1)) / Math.max(1, windows - 1));
    if (distances[i] !== windowDistance(instance, i, pattern.length)) wrong++;
  }
  return wrong;
}

/** Distances of a pattern from every window of a text. */
export function problem(given: Params): Problem<HammingInput, HammingInput, ProfileSolution> {
  // 0 for all of them: long patterns of few letters take a minute by the definition.
  const params = readParams('problem profile', given, { windows: { default: 0, min: 0, integer: true } });
  return {
    name: 'profile',
    version: '2',
    params,
    metric: 'wrong',
    metricLabel: 'wrong distances',
    count: 'operations',
    referenceKind: 'certified',
    load: (data) => data,
    evaluate: (instance, solution) => ({ wrong: wrongDistances(instance, solution, params.windows) }),
    // No window is further away than m + 1, so every entry is wrong.
    trivialSolution: ({ text, pattern }) => ({
      distances: new Float64Array(text.length - pattern.length + 1).fill(pattern.length + 1),
    }),
    verify: (instance, solution) => {
      const wrong = wrongDistances(instance, solution, params.windows);
      if (wrong > 0) throw new RangeError(`distances: expected those of the definition, got ${wrong} others`);
    },
  };
}
