// The problem: all windows with at most k mismatches. A solution is as good as the number of windows that are missing,
// wrongly there, or there with a wrong distance.
import { type Params, type Problem, readParams } from '@lemmata/bench';
import { type HammingInput, oncePer, windowDistance } from './instance.js';

/** What solvers get. */
export interface SearchInstance extends HammingInput {
  /** Most mismatches. */
  readonly k: number;
}

/** The windows that were found. */
export interface SearchSolution {
  /** Where they begin, in rising order. */
  readonly positions: Float64Array | Int32Array | Uint32Array;
  /** Their distances. */
  readonly distances: Float64Array | Int32Array | Uint32Array;
}

const truth = oncePer((instance: SearchInstance): Map<number, number> => {
  const found = new Map<number, number>();
  for (let i = 0; i + instance.pattern.length <= instance.text.length; i++) {
    const distance = windowDistance(instance, i, instance.k);
    if (distance <= instance.k) found.set(i, distance);
  }
  return found;
});

function wrongWindows(instance: SearchInstance, { positions, distances }: SearchSolution): number {
  const expected = truth(instance);
  const seen = new Set<number>();
  let wrong = 0;
  positions.forEach((position, t) => {
    if (seen.has(position) || expected.get(position) !== distances[t]) wrong++;
    seen.add(position);
  });
  for (const position of expected.keys()) if (!seen.has(position)) wrong++;
  return wrong;
}

/** Windows with at most k mismatches. */
export function problem(given: Params): Problem<HammingInput, SearchInstance, SearchSolution> {
  const params = readParams('problem search', given, { k: { default: 4, min: 0, integer: true } });
  return {
    name: 'search',
    version: '1',
    params,
    metric: 'wrong',
    metricLabel: 'wrong windows',
    count: 'operations',
    referenceKind: 'certified',
    load: (data) => ({ ...data, k: params.k }),
    evaluate: (instance, solution) => ({
      wrong: wrongWindows(instance, solution),
      windows: truth(instance).size,
    }),
    // The window before the first one: wrong, and so are all that it leaves out.
    trivialSolution: () => ({ positions: Float64Array.of(-1), distances: Float64Array.of(0) }),
    verify: (instance, solution) => {
      const wrong = wrongWindows(instance, solution);
      if (wrong > 0) throw new RangeError(`positions: expected those of the definition, got ${wrong} wrong ones`);
    },
  };
}
