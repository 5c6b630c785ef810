import type { Backend } from '@lemmata/core';
import { type ExactnessCertificate, LARGEST_ROUNDING_BOUND, roundingBound } from './certificates/rounding-bound.js';
import { letterCorrelation } from './kernels/correlation.js';
import { laneMismatches, lanePositions, packWords } from './kernels/lanes.js';
import { letterPlaces, markMatches } from './kernels/marking.js';
import { fillPlanes, planeMatches, planePositions } from './kernels/planes.js';
import type { Slices } from './one-shot.js';
import type { ProfileSettings } from './profile-options.js';
import { type Choice, chooseMethod, tileShifts } from './rules/cost-model.js';
import { transformBackend } from './rules/transform-backend.js';
import { letterCounts, narrowest } from './symbols/alphabet.js';
import type { Matter } from './symbols/prepare-pattern.js';
import type { Codes } from './symbols/symbols.js';

/** What a profile cost, in operations that were carried out. */
export interface ProfileCounts {
  /** Words of four shifts that were compared with a pattern position. */
  readonly laneWords: number;
  /** Words of 32 shifts that were added for a pattern position. */
  readonly planeWords: number;
  /** Numbers that went through Fourier transforms. */
  readonly transformPoints: number;
  /** Single matches that were marked. */
  readonly increments: number;
  /** Blocks for which the rounding bound of f32 was too large, so that f64 was taken. */
  readonly fallbackBlocks: number;
}

/** A profile with what it took. */
export interface ExactProfile {
  readonly distances: Codes;
  readonly choice: Choice;
  readonly counts: ProfileCounts;
  readonly certificate: ExactnessCertificate;
  readonly backend: Backend;
}

const NOTHING: ProfileCounts = { laneWords: 0, planeWords: 0, transformPoints: 0, increments: 0, fallbackBlocks: 0 };
const INTEGERS: ExactnessCertificate = { kind: 'integers', bound: 0, residual: 0 };
/** Word operations of a slice: about 5 ms. */
const SLICE_WORDS = 2_000_000;

/**
 * Computes the distances of all shifts.
 *
 * @param matter - text and pattern
 * @param settings - method, precision and backend
 * @returns the distances, in the narrowest array that holds the pattern's length
 */
export function* exactProfile(matter: Matter, settings: ProfileSettings): Slices<ExactProfile> {
  const { text, pattern, letters, counts, shifts } = matter;
  const m = pattern.length;
  const distances = narrowest(m, shifts);
  const choice = chooseMethod(Math.max(text.length, m), m, counts, letterCounts(text, letters), settings.method);
  const plain = { distances, choice, certificate: INTEGERS, backend: 'js' as Backend };
  if (shifts === 0) return { ...plain, counts: NOTHING };
  switch (choice.method) {
    case 'bytes':
      return { ...plain, counts: { ...NOTHING, laneWords: yield* byBytes(matter, distances) } };
    case 'sliced':
      return { ...plain, counts: { ...NOTHING, planeWords: yield* bySlices(matter, distances) } };
    default:
      return yield* byCounting(matter, distances, choice, settings);
  }
}

function* byBytes({ text, pattern, shifts }: Matter, distances: Codes): Slices<number> {
  const m = pattern.length;
  const tile = tileShifts(m);
  const offsets = Int32Array.from({ length: m }, (_, j) => j);
  const positions = lanePositions(offsets, Uint8Array.from(pattern), tile + m);
  const words = new Int32Array(4 * positions.stride);
  const counts = new Uint32Array(tile + 16);
  const groups = Math.max(4, 4 * Math.floor(SLICE_WORDS / (4 * m)));
  let laneWords = 0;
  for (let from = 0; from < shifts; from += tile) {
    const size = Math.min(tile, shifts - from);
    packWords(text, from, positions.stride, words);
    const end = 4 * Math.ceil(size / 16);
    for (let first = 0; first < end; first += groups) {
      const last = Math.min(end, first + groups);
      laneMismatches(words, positions, first, last, counts);
      laneWords += (last - first) * m;
      yield 'slice';
    }
    for (let i = 0; i < size; i++) distances[from + i] = counts[i];
  }
  return laneWords;
}

function* bySlices({ text, pattern, letters, shifts }: Matter, distances: Codes): Slices<number> {
  const m = pattern.length;
  const tile = tileShifts(m);
  const { stride, addresses } = planePositions(pattern, tile + m);
  const planes = new Int32Array(32 * letters * stride);
  const matches = new Uint32Array(tile);
  const groups = Math.max(1, Math.floor(SLICE_WORDS / m));
  let planeWords = 0;
  for (let from = 0; from < shifts; from += tile) {
    const size = Math.min(tile, shifts - from);
    fillPlanes(text, from, letters, stride, planes);
    yield 'slice';
    const end = Math.ceil(size / 32);
    for (let first = 0; first < end; first += groups) {
      const last = Math.min(end, first + groups);
      planeMatches(planes, addresses, first, last, matches);
      planeWords += (last - first) * m;
      yield 'slice';
    }
    for (let i = 0; i < size; i++) distances[from + i] = m - matches[i];
  }
  return planeWords;
}

/** Heavy letters by transforms, light ones by marking; all or none of them may be heavy. */
function* byCounting(
  { text, pattern, letters, shifts }: Matter,
  distances: Codes,
  choice: Choice,
  settings: ProfileSettings,
): Slices<ExactProfile> {
  const m = pattern.length;
  const heavy = choice.method === 'marking' ? [] : choice.heavy;
  const matches = new Uint32Array(text.length + m + 1);
  let counts = NOTHING;
  let certificate = INTEGERS;
  let backend: Backend = 'js';
  if (heavy.length > 0) {
    const { size } = choice;
    const certified = roundingBound('f32', size, heavy.length, Math.sqrt(size * m)) < LARGEST_ROUNDING_BOUND;
    const fast = certified && transformBackend(settings.backend) === 'wasm';
    const precision = settings.precision === 'auto' ? (fast ? 'f32' : 'f64') : settings.precision;
    const correlation = letterCorrelation(pattern, heavy, size, precision, settings.backend);
    try {
      for (let from = 0; from < shifts; from += correlation.step) {
        yield* correlation.addBlock(text, from, shifts, matches, m);
      }
      const { transformPoints, fallbackBlocks, bound, residual } = correlation.tally;
      counts = { ...counts, transformPoints, fallbackBlocks };
      certificate = { kind: 'rounding-bound', bound, residual };
      backend = correlation.backend;
    } finally {
      correlation.dispose();
    }
  }
  if (heavy.length < letters) {
    const light = new Uint8Array(letters).fill(1);
    for (const c of heavy) light[c] = 0;
    const lists = letterPlaces(pattern, letters, light);
    // A text position marks at most as many shifts as the longest list has places.
    let longest = 1;
    for (let c = 0; c < letters; c++) longest = Math.max(longest, lists.starts[c + 1] - lists.starts[c]);
    const span = Math.max(64, Math.floor(SLICE_WORDS / longest));
    let increments = 0;
    for (let from = 0; from < text.length; from += span) {
      increments += markMatches(text, from, Math.min(text.length, from + span), lists, m, matches);
      yield 'slice';
    }
    counts = { ...counts, increments };
  }
  for (let i = 0; i < shifts; i++) distances[i] = m - matches[m + i];
  return { distances, choice, counts, certificate, backend };
}
