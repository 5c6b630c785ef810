import type { Backend } from '@lemmata/core';
import type { ExactnessCertificate } from './certificates/rounding-bound.js';
import { letterCorrelation } from './kernels/correlation.js';
import { letterPlaces, markMatches } from './kernels/marking.js';
import type { Slices } from './one-shot.js';
import type { ProfileSettings } from './profile-options.js';
import { fitsF32 } from './rules/certified-size.js';
import { kernelBackend } from './rules/kernel-backend.js';
import type { Matter } from './symbols/prepare-pattern.js';
import type { Codes } from './symbols/symbols.js';

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
 * Counts the matches of some classes by transforms, and subtracts them from distances.
 *
 * @param matter - text and pattern
 * @param heavy - the classes, at least one
 * @param size - length of the transforms, a power of 2
 * @param settings - precision and backend
 * @param distances - entry i is lowered by the matches of shift i
 * @returns what it took
 */
export function* subtractByTransforms(
  matter: Matter,
  heavy: readonly number[],
  size: number,
  settings: ProfileSettings,
  distances: Codes,
): Slices<TransformedClasses> {
  const { pattern, shifts } = matter;
  const fast = kernelBackend(settings.backend) === 'wasm' && fitsF32(pattern, heavy.length, size);
  const precision = settings.precision === 'auto' ? (fast ? 'f32' : 'f64') : settings.precision;
  const correlation = letterCorrelation(matter, heavy, size, precision, settings.backend);
  try {
    for (let from = 0; from < shifts; from += correlation.step) {
      const matches = yield* correlation.block(from);
      if (matches !== undefined) subtract(distances, from, matches);
    }
    const { transformPoints, fallbackBlocks, bound, residual } = correlation.tally;
    const certificate = { kind: 'rounding-bound', bound, residual } as const;
    return { transformPoints, fallbackBlocks, certificate, backend: correlation.backend };
  } finally {
    correlation.dispose();
  }
}

function subtract(distances: Codes, from: number, matches: Uint32Array): void {
  for (let i = 0; i < matches.length; i++) distances[from + i] -= matches[i];
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
