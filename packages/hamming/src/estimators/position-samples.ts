import { log, randomStream } from '@lemmata/core';
import type { ApproximateSettings } from '../approximate-options.js';
import { exactProfile } from '../exact-profile.js';
import type { Slices } from '../one-shot.js';
import { classShares } from '../symbols/letter-shares.js';
import { type Matter, matterOf, type Pattern } from '../symbols/prepare-pattern.js';
import { narrowest } from '../symbols/symbols.js';
import { addCounts, ceilBound, type Estimate, exactEstimate, floorBound, NO_COUNTS } from './estimate.js';
import { countWindows, fewEnough } from './exact-windows.js';

/**
 * The pattern with nothing but some of its positions; the others match everything.
 *
 * @param pattern - the pattern
 * @param indices - among the positions that count, rising
 * @returns the pattern with the same classes
 */
export function restricted(pattern: Pattern, indices: Int32Array): Pattern {
  const codes = narrowest(Math.max(0, pattern.classes - 1), indices.length);
  const counts = new Uint32Array(pattern.classes);
  indices.forEach((t, at) => {
    codes[at] = pattern.codes[t];
    counts[codes[at]]++;
  });
  const { bytes } = pattern;
  return {
    ...pattern,
    positions: indices.map((t) => pattern.positions[t]),
    codes,
    counts,
    bytes: bytes === undefined ? undefined : Uint8Array.from(indices, (t) => bytes[t]),
  };
}

function* sampled(matter: Matter, samples: number, purpose: string, settings: ApproximateSettings) {
  const { pattern, source } = matter;
  const stream = randomStream(settings.seed).fork(purpose);
  const indices = stream.sample(pattern.positions.length, samples).sort();
  const profile = yield* exactProfile(matterOf(source, restricted(pattern, indices)), settings);
  return { ...profile, counts: { ...addCounts(NO_COUNTS, profile.counts), samples } };
}

/**
 * ln(2 N / delta): each of N intervals may fail on two sides.
 *
 * @param matter - has N shifts
 * @param settings - has delta
 * @returns the logarithm
 */
export function logFailures({ shifts }: Matter, { delta }: ApproximateSettings): number {
  return log((2 * shifts) / delta);
}

/**
 * Estimates by a random sample of pattern positions, the same at all shifts, large enough that all estimates are off by
 * at most epsilon times the number of positions.
 *
 * @param matter - text and pattern
 * @param settings - epsilon, delta, seed
 * @returns the estimate; exact when all positions are needed
 */
export function* bySampling(matter: Matter, settings: ApproximateSettings): Slices<Estimate> {
  const { pattern, shifts } = matter;
  const { epsilon } = settings;
  const positions = pattern.positions.length;
  const failures = logFailures(matter, settings);
  // The least s with failures / (2 s) * (1 - (s - 1) / positions) <= epsilon^2.
  const wanted = (failures * (positions + 1)) / (failures + 2 * epsilon * epsilon * positions);
  const samples = Math.ceil(wanted);
  if (samples >= positions) return yield* exactEstimate(matter, settings);
  const { distances, counts, backend } = yield* sampled(matter, samples, 'sampling', settings);
  const halfWidth = positions * Math.sqrt((failures * (1 - (samples - 1) / positions)) / (2 * samples));
  const estimates = new Float64Array(shifts);
  const lower = narrowest(pattern.length, shifts);
  const upper = narrowest(pattern.length, shifts);
  for (let i = 0; i < shifts; i++) {
    estimates[i] = (positions / samples) * distances[i];
    // What was seen differs or matches for certain.
    lower[i] = Math.max(distances[i], ceilBound(Math.max(0, estimates[i] - halfWidth)));
    upper[i] = Math.min(positions - samples + distances[i], floorBound(estimates[i] + halfWidth));
  }
  return { estimates, lower, upper, confidence: 1 - settings.delta, counts, backend, warnings: [] };
}

/**
 * Estimates by a sample that tells distances of at least k up to a factor, and counts exactly where they may be smaller.
 *
 * With X differences among s of M positions and H among all, |X - s H / M| <= epsilon s H / M with probability at least 1 -
 * 2 e^(-epsilon^2 s H / (3 M)) (Chernoff's bound, which holds for samples without replacement); for H >= k and s = 3 M
 * ln(2 N / delta) / (epsilon^2 k) that is at least 1 - delta / N. Windows with fewer than k differences show more than
 * (1 + epsilon) s k / M with still smaller probability. k is taken as large as a text with independent letters allows
 * without counting its usual windows.
 *
 * @param matter - text and pattern
 * @param settings - epsilon, delta, seed
 * @returns the estimate; exact when all positions are needed or most windows would have to be counted
 */
export function* byHybrid(matter: Matter, settings: ApproximateSettings): Slices<Estimate> {
  const { pattern, shifts } = matter;
  const { epsilon } = settings;
  const positions = pattern.positions.length;
  const shares = classShares(matter);
  let matching = 0;
  pattern.counts.forEach((count, c) => {
    matching += count * shares[c];
  });
  const k = Math.floor(((1 - epsilon) / (1 + epsilon)) * (positions - matching));
  const samples =
    k < 1 ? positions : Math.ceil((3 * positions * logFailures(matter, settings)) / (epsilon * epsilon * k));
  if (samples >= positions) return yield* exactEstimate(matter, settings);
  const { distances, counts, backend } = yield* sampled(matter, samples, 'hybrid', settings);
  const most = (1 + epsilon) * samples * (k / positions);
  const unclear = (i: number): boolean => distances[i] <= most;
  let exactWindows = 0;
  for (let i = 0; i < shifts; i++) if (unclear(i)) exactWindows++;
  if (!fewEnough(matter, settings, shares, exactWindows)) return yield* exactEstimate(matter, settings, counts);
  const estimates = new Float64Array(shifts);
  const lower = narrowest(pattern.length, shifts);
  const upper = narrowest(pattern.length, shifts);
  for (let i = 0; i < shifts; i++) {
    estimates[i] = (positions / samples) * distances[i];
    lower[i] = Math.max(distances[i], ceilBound(estimates[i] / (1 + epsilon)));
    upper[i] = Math.min(positions - samples + distances[i], floorBound(estimates[i] / (1 - epsilon)));
  }
  yield* countWindows(matter, unclear, { estimates, lower, upper });
  return {
    estimates,
    lower,
    upper,
    confidence: 1 - settings.delta,
    counts: { ...counts, exactWindows },
    backend,
    warnings: [],
  };
}
