import { type Backend, randomStream } from '@lemmata/core';
import { type ApproximateOptions, type ApproximateSettings, approximateSettings } from './approximate-options.js';
import { exactProfile, type ProfileCounts } from './exact-profile.js';
import { runOneShot, runOneShotAsync, type Slices } from './one-shot.js';
import { type Matter, matterOf, openMatter, type PatternLike, plainPattern } from './symbols/prepare-pattern.js';
import { narrowest, type Symbols } from './symbols/symbols.js';

/** What an approximate profile cost, in operations that were carried out. */
export interface ApproximateCounts extends ProfileCounts {
  /** Maps of the letters, each with an exact profile of its images; 0 when the profile itself was computed. */
  readonly maps: number;
}

/** Intervals that hold the distances of a pattern from every window of a text. */
export interface ApproximateProfile {
  /** The computation was carried out in full. */
  readonly status: 'complete';
  /** Lower bounds, integers in [0, m], one a shift: never above the distance, whatever the draws; the estimates. */
  readonly lower: Uint8Array | Uint16Array | Uint32Array;
  /** Upper bounds, integers in [0, m], one a shift: floor(lower / (1 - epsilon)), at most m. */
  readonly upper: Uint8Array | Uint16Array | Uint32Array;
  /** Probability, over the draw of the maps, that all distances are at most their upper bounds, in [0, 1]. */
  readonly confidence: number;
  /** What it cost, in operations. */
  readonly counts: ApproximateCounts;
  /** Which kernels ran. */
  readonly backend: Backend;
  /** The seed of the maps. */
  readonly seed: string;
  /** Says so when the confidence is 0. */
  readonly warnings: readonly string[];
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

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

/** Text and pattern under a map of the letters; what no class accepts stays apart, since it never matches. */
function imageOf(matter: Matter, map: Uint32Array, images: number): Matter {
  const { pattern } = matter;
  const code = Uint32Array.from([...map, images]);
  const text = narrowest(images, matter.text.length);
  for (let i = 0; i < text.length; i++) text[i] = code[matter.text[i]];
  // Positions that are wildcards keep a number that is none of the images.
  const wild = images + 1;
  const symbols = new Uint32Array(pattern.length).fill(wild);
  for (let t = 0; t < pattern.positions.length; t++) symbols[pattern.positions[t]] = code[pattern.codes[t]];
  return matterOf(text, plainPattern(symbols, wild));
}

function* approximate(matter: Matter, settings: ApproximateSettings): Slices<Omit<ApproximateProfile, 'elapsedMs'>> {
  const { epsilon, seed } = settings;
  const { shifts } = matter;
  const { letters, simple, length: m } = matter.pattern;
  const images = Math.ceil(2 / epsilon);
  if (letters <= images || !simple || shifts === 0) {
    const { distances, counts, backend } = yield* exactProfile(matter, settings);
    const plain = { lower: distances, upper: distances.slice(), confidence: 1, seed, warnings: [] };
    return { status: 'complete', ...plain, counts: { ...counts, maps: 0 }, backend };
  }
  const maps = settings.repetitions ?? mapsFor(shifts, settings.delta);
  const stream = randomStream(seed).fork('projection');
  const lower = narrowest(m, shifts);
  const counts = { laneWords: 0, planeWords: 0, transformPoints: 0, increments: 0, fallbackBlocks: 0, maps };
  let backend: Backend = 'js';
  for (let r = 0; r < maps; r++) {
    const map = Uint32Array.from({ length: letters }, () => stream.integer(images));
    const image = imageOf(matter, map, images);
    yield 'slice';
    const profile = yield* exactProfile(image, settings);
    for (let i = 0; i < shifts; i++) if (profile.distances[i] > lower[i]) lower[i] = profile.distances[i];
    counts.laneWords += profile.counts.laneWords;
    counts.planeWords += profile.counts.planeWords;
    counts.transformPoints += profile.counts.transformPoints;
    counts.increments += profile.counts.increments;
    counts.fallbackBlocks += profile.counts.fallbackBlocks;
    if (profile.backend === 'wasm') backend = 'wasm';
    yield 'slice';
  }
  const upper = narrowest(m, shifts);
  // The division is off by at most 2 units of 2^-52: without the correction the floor could lose an integer.
  for (let i = 0; i < shifts; i++) upper[i] = Math.min(m, Math.floor((lower[i] / (1 - epsilon)) * (1 + 1e-15)));
  const confidence = 1 - failureShare(shifts, maps);
  const warnings = confidence > 0 ? [] : [`repetitions: ${maps} maps prove no upper bound for all ${shifts} shifts`];
  return { status: 'complete', lower, upper, confidence, counts, backend, seed, warnings };
}

/**
 * Estimates the Hamming distances between a pattern and every window of a text, by projection to fewer letters.
 *
 * Each of R random maps sends the pattern's letters to B = ceil(2 / epsilon) images; `lower` is the largest distance
 * between the images. Images can only hide differences, so lower <= distance always. A map hides a share of at most
 * 1 / B = epsilon / 2 in expectation and so, by Markov's inequality, more than epsilon with probability at most 1/2; all
 * R maps do so at one of the N shifts with probability at most N / 2^R, and else (1 - epsilon) distance <= lower. With at
 * most B letters, and for patterns with classes or a wildcard of texts, the exact profile is computed instead.
 *
 * It pays for patterns with many letters that all occur often in the text; for most others `hammingProfile` is faster.
 *
 * @param text - n symbols; strings are taken by UTF-16 code units
 * @param pattern - m >= 1 symbols of the same kind (string or array), or a prepared pattern
 * @param options - `epsilon`, `delta` or `repetitions`, `seed`, and the options of `hammingProfile` for each image
 * @returns lower and upper bounds and the confidence that all of them hold
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for anything but symbols, options out of range or unknown, `delta` beside `repetitions`
 * (`ERR_INCOMPATIBLE`) and a method that cannot run; the signal's reason when it is aborted
 * Complexity: R = ceil(log2(N / delta)) exact profiles over B letters.
 *
 * @example
 * ```ts
 * import { approximateProfile } from '@lemmata/hamming';
 *
 * const text = Uint16Array.from({ length: 1000 }, (_, i) => (i * i) % 997);
 * const { lower, upper, confidence } = approximateProfile(text, text.slice(100, 400), { epsilon: 0.5, seed: 7 });
 * console.log(lower[100], upper[100], confidence > 0.999); // 0 0 true
 * ```
 * @see T. Kopelowitz, E. Porat, "A Simple Algorithm for Approximating the Text-To-Pattern Hamming Distance", SOSA 2018
 */
export function approximateProfile(
  text: Symbols,
  pattern: PatternLike,
  options?: ApproximateOptions,
): ApproximateProfile {
  const settings = approximateSettings('approximateProfile', options);
  const matter = openMatter(text, pattern, false);
  return runOneShot(() => approximate(matter, settings), settings.signal);
}

/**
 * Does what `approximateProfile` does, giving the event loop a macrotask at least every 16 ms (a single transform is not
 * interrupted).
 *
 * The text is copied at the call.
 *
 * @param text - n symbols
 * @param pattern - m >= 1 symbols of the same kind, or a prepared pattern
 * @param options - those of `approximateProfile`
 * @returns a promise of the same result
 * @throws what `approximateProfile` throws, as a rejection
 * Complexity: that of `approximateProfile`.
 *
 * @example
 * ```ts
 * import { approximateProfileAsync } from '@lemmata/hamming';
 *
 * const { lower, counts } = await approximateProfileAsync('abcabc', 'abd');
 * console.log(lower, counts.maps); // 1 3 3 1, and 0 maps: so few letters are counted exactly
 * ```
 */
export async function approximateProfileAsync(
  text: Symbols,
  pattern: PatternLike,
  options?: ApproximateOptions,
): Promise<ApproximateProfile> {
  const settings = approximateSettings('approximateProfileAsync', options);
  const matter = openMatter(text, pattern, true);
  return runOneShotAsync(() => approximate(matter, settings), settings.signal);
}
