import type { Backend } from '@lemmata/core';
import { type ExactnessCertificate, LARGEST_ROUNDING_BOUND, roundingBound } from './certificates/rounding-bound.js';
import { letterCorrelation } from './kernels/correlation.js';
import { fitsSigns } from './kernels/letter-rows.js';
import { letterPlaces, markMatches } from './kernels/marking.js';
import type { Slices } from './one-shot.js';
import type { ProfileSettings } from './profile-options.js';
import { kernelBackend } from './rules/kernel-backend.js';
import type { Matter } from './symbols/prepare-pattern.js';

/** What counting classes by transforms took. */
export interface TransformedClasses {
  readonly transformPoints: number;
  readonly fallbackBlocks: number;
  readonly certificate: ExactnessCertificate;
  readonly backend: Backend;
}

/** Increments of a slice: about 5 ms. */
const SLICE_INCREMENTS = 2_000_000;

/**
 * Adds the matches of some classes by transforms.
 *
 * @param matter - text and pattern
 * @param heavy - the classes, at least one
 * @param size - length of the transforms, a power of 2
 * @param settings - precision and backend
 * @param matches - entry m + i is raised by the matches of shift i
 * @returns what it took
 */
export function* addByTransforms(
  { text, pattern, shifts }: Matter,
  heavy: readonly number[],
  size: number,
  settings: ProfileSettings,
  matches: Uint32Array,
): Slices<TransformedClasses> {
  const { length: m } = pattern;
  // Rows of signs have norms of sqrt(size m) each, and the sum of all but one is divided by their number.
  const share = heavy.length === pattern.classes && fitsSigns(pattern) ? 1 - 1 / pattern.classes : 1;
  const certified = roundingBound('f32', size, heavy.length, share * Math.sqrt(size * m)) < LARGEST_ROUNDING_BOUND;
  const fast = certified && kernelBackend(settings.backend) === 'wasm';
  const precision = settings.precision === 'auto' ? (fast ? 'f32' : 'f64') : settings.precision;
  const correlation = letterCorrelation(pattern, heavy, size, precision, settings.backend);
  try {
    for (let from = 0; from < shifts; from += correlation.step) {
      yield* correlation.addBlock(text, from, shifts, matches, m);
    }
    const { transformPoints, fallbackBlocks, bound, residual } = correlation.tally;
    const certificate = { kind: 'rounding-bound', bound, residual } as const;
    return { transformPoints, fallbackBlocks, certificate, backend: correlation.backend };
  } finally {
    correlation.dispose();
  }
}

/**
 * Adds the matches of some classes one by one.
 *
 * @param matter - text and pattern
 * @param light - 1 for each class that is to be counted
 * @param matches - entry m + i is raised by the matches of shift i
 * @returns the number of matches
 */
export function* addByMarks({ text, pattern }: Matter, light: Uint8Array, matches: Uint32Array): Slices<number> {
  const lists = letterPlaces(pattern, light);
  // A text position marks at most as many shifts as the longest list has places.
  let longest = 1;
  for (let letter = 0; letter < pattern.letters; letter++) {
    longest = Math.max(longest, lists.starts[letter + 1] - lists.starts[letter]);
  }
  const span = Math.max(64, Math.floor(SLICE_INCREMENTS / longest));
  let increments = 0;
  for (let from = 0; from < text.length; from += span) {
    increments += markMatches(text, from, Math.min(text.length, from + span), lists, pattern.length, matches);
    yield 'slice';
  }
  return increments;
}
