import { type Backend, randomStream } from '@lemmata/core';
import type { ApproximateSettings } from '../approximate-options.js';
import { meanWidth, shareInterval } from '../certificates/bernstein.js';
import { exactProfile } from '../exact-profile.js';
import type { Slices } from '../one-shot.js';
import { classShares } from '../symbols/letter-shares.js';
import { type Matter, matterOf, type Pattern } from '../symbols/prepare-pattern.js';
import { narrowest } from '../symbols/symbols.js';
import { addCounts, ceilBound, type Estimate, exactEstimate, floorBound, NO_COUNTS } from './estimate.js';
import { countWindows, fewEnough } from './exact-windows.js';
import { lightLetters, lightPositions } from './light-letters.js';
import { type CountedPieces, countPieces } from './many-matches.js';
import { logFailures, restricted } from './position-samples.js';

/** Shifts of a slice, when bounds are computed. */
const SLICE_SHIFTS = 16384;

/** What is known of the matches of light letters at a shift. */
interface Matches {
  readonly least: number;
  readonly most: number;
  readonly estimate: number;
}

/**
 * The least sample that gives windows of a text with independent letters a relative error of at most epsilon, also when it
 * meets more matches than usual; all `light` positions when none does.
 */
function samplesFor(light: number, share: number, failures: number, epsilon: number): number {
  const settles = (samples: number): boolean => {
    const mean = Math.min(1, share + meanWidth(share, samples, failures));
    const { lower, upper } = shareInterval(mean * samples, samples, failures);
    return (1 - lower) * (1 - epsilon) <= 1 - mean && 1 - mean <= (1 - upper) * (1 + epsilon);
  };
  if (light === 0 || !settles(light)) return light;
  let [less, enough] = [0, light];
  while (enough - less > 1) {
    const middle = Math.floor((less + enough) / 2);
    if (settles(middle)) enough = middle;
    else less = middle;
  }
  return enough;
}

/** The sampled positions of each piece, as indices among the positions that count. */
function byPieces({ positions }: Pattern, drawn: Int32Array, length: number, pieces: number): number[][] {
  const lists: number[][] = Array.from({ length: pieces }, () => []);
  for (const t of drawn) lists[Math.floor(positions[t] / length)].push(t);
  return lists;
}

/** Tells what the counted pieces and the sample of the others say of the matches at a shift. */
function matchesAt(
  { text, pattern }: Matter,
  light: Uint8Array,
  pieces: CountedPieces,
  drawn: Int32Array,
  failures: number,
): (shift: number, sampledDistance: number) => Matches {
  const { inPiece } = lightPositions(pattern, light, pieces.length);
  const lists = byPieces(pattern, drawn, pieces.length, inPiece.length);
  const all = inPiece.reduce((sum, size) => sum + size, 0);
  const { positions, codes } = pattern;
  return (shift, sampledDistance) => {
    const counted = pieces.matches[shift];
    const flags = pieces.counted[shift];
    // Of what is left when counted pieces are taken away: positions, samples, matches among these.
    let [left, seen, met] = [all, drawn.length, drawn.length - sampledDistance];
    for (let q = 0; flags !== undefined && q < inPiece.length; q++) {
      if ((flags[q >> 3] & (1 << (q & 7))) === 0) continue;
      left -= inPiece[q];
      seen -= lists[q].length;
      for (const t of lists[q]) if (text[shift + positions[t]] === codes[t]) met--;
    }
    const share = shareInterval(met, drawn.length, failures);
    // What was seen matches or differs for certain.
    const most = left - (seen - met);
    const least = Math.min(most, Math.max(met, ceilBound(all * share.lower)));
    return {
      least: counted + least,
      most: counted + Math.max(least, Math.min(most, floorBound(all * share.upper))),
      estimate: counted + (all * met) / drawn.length,
    };
  };
}

/**
 * Estimates by heavy letters that are counted exactly, pieces with many matches that are counted by equality products, and a sample
 * of all other positions.
 *
 * @param matter - text and pattern
 * @param settings - epsilon, delta, seed
 * @returns the estimate; exact for classes, when the sample would have to hold all positions, and when most windows would have
 * to be counted
 */
export function* byEqualityProducts(matter: Matter, settings: ApproximateSettings): Slices<Estimate> {
  const { pattern, shifts, source } = matter;
  const { epsilon } = settings;
  if (!pattern.simple) return yield* exactEstimate(matter, settings);
  const light = lightLetters(pattern);
  const indices = Int32Array.from(pattern.positions.keys());
  const lightOnes = indices.filter((t) => light[pattern.codes[t]] === 1);
  const shares = classShares(matter);
  const failures = logFailures(matter, settings);
  const usual = lightOnes.reduce((sum, t) => sum + shares[pattern.codes[t]], 0) / Math.max(1, lightOnes.length);
  const samples = samplesFor(lightOnes.length, usual, failures, epsilon);
  if (samples >= lightOnes.length) return yield* exactEstimate(matter, settings);

  const stream = randomStream(settings.seed);
  const pieces = yield* countPieces(matter, light, stream.fork('pivots'));
  const heavyOnes = indices.filter((t) => light[pattern.codes[t]] === 0);
  const drawn = stream
    .fork('equality-products')
    .sample(lightOnes.length, samples)
    .map((at) => lightOnes[at])
    .sort();
  const heavy = yield* exactProfile(matterOf(source, restricted(pattern, heavyOnes)), settings);
  const sampled = yield* exactProfile(matterOf(source, restricted(pattern, drawn)), settings);
  const { pairs: productPairs, words: productWords } = pieces.counts;
  const spent = addCounts(addCounts(NO_COUNTS, heavy.counts), sampled.counts);
  const counts = { ...spent, samples, pieces: pieces.pieces, productPairs, productWords };

  const estimates = new Float64Array(shifts);
  const lower = narrowest(pattern.length, shifts);
  const upper = narrowest(pattern.length, shifts);
  const matches = matchesAt(matter, light, pieces, drawn, failures);
  const unclear = new Uint8Array(shifts);
  let exactWindows = 0;
  for (let i = 0; i < shifts; i++) {
    const { least, most, estimate } = matches(i, sampled.distances[i]);
    const known = heavy.distances[i] + lightOnes.length;
    lower[i] = known - most;
    upper[i] = known - least;
    estimates[i] = Math.min(upper[i], Math.max(lower[i], known - estimate));
    if (upper[i] * (1 - epsilon) > estimates[i] || estimates[i] > lower[i] * (1 + epsilon)) {
      unclear[i] = 1;
      exactWindows++;
    }
    if (i % SLICE_SHIFTS === SLICE_SHIFTS - 1) yield 'slice';
  }
  if (!fewEnough(matter, settings, shares, exactWindows)) return yield* exactEstimate(matter, settings, counts);
  yield* countWindows(matter, (i) => unclear[i] === 1, { estimates, lower, upper });
  return {
    estimates,
    lower,
    upper,
    confidence: 1 - settings.delta,
    counts: { ...counts, exactWindows },
    backend: backendOf(heavy.backend, sampled.backend),
    warnings: [],
  };
}

function backendOf(...backends: readonly Backend[]): Backend {
  return backends.includes('wasm') ? 'wasm' : 'js';
}
