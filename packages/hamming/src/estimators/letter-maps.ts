import { type Backend, exp, log, type RandomStream, randomStream } from '@lemmata/core';
import type { ApproximateSettings } from '../approximate-options.js';
import { exactProfile } from '../exact-profile.js';
import type { Slices } from '../one-shot.js';
import type { ProfileSettings } from '../profile-options.js';
import { type Matter, matterOf, plainPattern } from '../symbols/prepare-pattern.js';
import { type Codes, narrowest } from '../symbols/symbols.js';
import { addCounts, type Estimate, exactEstimate, floorBound, NO_COUNTS } from './estimate.js';

/** The share of failures that is left after so many maps, for all shifts together: N / 2^maps, at most 1. */
function failureShare(shifts: number, maps: number): number {
  let share = shifts;
  for (let r = 0; r < maps; r++) share /= 2;
  return Math.min(1, share);
}

function mapsFor(shifts: number, delta: number): number {
  let maps = 1;
  while (failureShare(shifts, maps) > delta) maps++;
  return maps;
}

/** Text and pattern under a map of the letters; its last entry is the image of what no class accepts. */
function imageOf(matter: Matter, code: Uint32Array, largest: number): Matter {
  const { pattern } = matter;
  const text = narrowest(largest, matter.text.length);
  for (let i = 0; i < text.length; i++) text[i] = code[matter.text[i]];
  // Positions that are wildcards keep a number that is none of the images.
  const wild = largest + 1;
  const symbols = new Uint32Array(pattern.length).fill(wild);
  for (let t = 0; t < pattern.positions.length; t++) symbols[pattern.positions[t]] = code[pattern.codes[t]];
  return matterOf(text, plainPattern(symbols, wild));
}

/**
 * Computes the distances under maps of the letters, one after the other.
 *
 * @param matter - text and pattern, without classes
 * @param maps - how many
 * @param largest - largest image
 * @param settings - how the profiles of images are computed
 * @param draw - gives a map: the image of each letter, and of what the pattern does not accept
 * @param take - is given the distances under each map
 * @returns what the profiles took
 */
export function* eachImage(
  matter: Matter,
  maps: number,
  largest: number,
  settings: ProfileSettings,
  draw: () => Uint32Array,
  take: (distances: Codes) => void,
): Slices<Pick<Estimate, 'counts' | 'backend'>> {
  let counts = { ...NO_COUNTS, maps };
  let backend: Backend = 'js';
  for (let r = 0; r < maps; r++) {
    const image = imageOf(matter, draw(), largest);
    yield 'slice';
    const profile = yield* exactProfile(image, settings);
    take(profile.distances);
    counts = { ...addCounts(counts, profile.counts), maps };
    if (profile.backend === 'wasm') backend = 'wasm';
    yield 'slice';
  }
  return { counts, backend };
}

/**
 * Raises lower bounds to distances that are above them.
 *
 * @param lower - bounds, changed in place
 * @param distances - as many
 */
export function raise(lower: Codes, distances: Codes): void {
  for (let i = 0; i < lower.length; i++) if (distances[i] > lower[i]) lower[i] = distances[i];
}

function warningsFor(confidence: number, maps: number, shifts: number): string[] {
  return confidence > 0 ? [] : [`repetitions: ${maps} maps prove no upper bound for all ${shifts} shifts`];
}

/**
 * Estimates by projection to ceil(2 / epsilon) letters: the largest distance between images.
 *
 * @param matter - text and pattern
 * @param settings - epsilon, delta or repetitions, seed
 * @returns the estimate; exact for at most so many letters, and for classes
 */
export function* byProjection(matter: Matter, settings: ApproximateSettings): Slices<Estimate> {
  const { epsilon, seed } = settings;
  const { shifts } = matter;
  const { letters, simple, length: m, positions } = matter.pattern;
  const images = Math.ceil(2 / epsilon);
  if (letters <= images || !simple) return yield* exactEstimate(matter, settings);
  const maps = settings.repetitions ?? mapsFor(shifts, settings.delta);
  const stream = randomStream(seed).fork('projection');
  const lower = narrowest(m, shifts);
  // What no class accepts stays apart, since it never matches.
  const draw = () => Uint32Array.from([...drawMap(stream, letters, images), images]);
  const spent = yield* eachImage(matter, maps, images, settings, draw, (distances) => raise(lower, distances));
  const upper = narrowest(m, shifts);
  for (let i = 0; i < shifts; i++) upper[i] = Math.min(positions.length, floorBound(lower[i] / (1 - epsilon)));
  const confidence = 1 - failureShare(shifts, maps);
  const warnings = warningsFor(confidence, maps, shifts);
  return { estimates: Float64Array.from(lower), lower, upper, confidence, ...spent, warnings };
}

/**
 * Draws an image for each letter.
 *
 * @param stream - where from
 * @param letters - number of letters
 * @param images - number of images
 * @returns integers in [0, images)
 */
export function drawMap(stream: RandomStream, letters: number, images: number): Uint32Array {
  return Uint32Array.from({ length: letters }, () => stream.integer(images));
}

/**
 * Estimates by maps to 2 letters: twice the mean distance between images.
 *
 * What stands in the text but not in the pattern is mapped too, as one letter more: each difference is then hidden with
 * probability 1/2, whatever it is.
 *
 * @param matter - text and pattern
 * @param settings - epsilon, delta or repetitions, seed
 * @returns the estimate; exact for classes
 */
export function* byKarloff(matter: Matter, settings: ApproximateSettings): Slices<Estimate> {
  const { epsilon, seed, delta } = settings;
  const { shifts } = matter;
  const { letters, simple, length: m, positions } = matter.pattern;
  if (!simple) return yield* exactEstimate(matter, settings);
  // A mean of R numbers in [0, H] with expectation H / 2 is below (1 - epsilon) H / 2 with probability <= e^(-R epsilon^2 / 2).
  const maps = settings.repetitions ?? Math.ceil((2 * log(shifts / delta)) / (epsilon * epsilon));
  const stream = randomStream(seed).fork('karloff');
  const lower = narrowest(m, shifts);
  const sums = new Float64Array(shifts);
  const spent = yield* eachImage(
    matter,
    maps,
    1,
    settings,
    () => drawMap(stream, letters + 1, 2),
    (distances) => {
      raise(lower, distances);
      for (let i = 0; i < shifts; i++) sums[i] += distances[i];
    },
  );
  const upper = narrowest(m, shifts);
  const estimates = new Float64Array(shifts);
  for (let i = 0; i < shifts; i++) {
    const estimate = (2 * sums[i]) / maps;
    estimates[i] = Math.min(positions.length, estimate);
    upper[i] = Math.min(positions.length, floorBound(estimate / (1 - epsilon)));
  }
  const confidence = Math.max(0, 1 - shifts * exp((-maps * epsilon * epsilon) / 2));
  return { estimates, lower, upper, confidence, ...spent, warnings: warningsFor(confidence, maps, shifts) };
}
