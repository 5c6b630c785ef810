import { type Backend, randomStream } from '@lemmata/core';
import { type ExactnessCertificate, jointCertificate } from './certificates/rounding-bound.js';
import { openLanes } from './kernels/lane-kernel.js';
import { fewestPairs, matchesByChanges } from './kernels/periodic.js';
import { openPlanes, PLANE_GROUP } from './kernels/plane-kernel.js';
import { firstFolds, randomFolds } from './las-vegas/fold-primes.js';
import { convolveRests } from './las-vegas/modular-convolution.js';
import { addByResidues } from './las-vegas/residue-matches.js';
import { residueCertificate } from './las-vegas/residue-tally.js';
import { addByMarks, subtractByTransforms } from './letter-counting.js';
import type { Slices } from './one-shot.js';
import type { ProfileSettings } from './profile-options.js';
import { type Choice, chooseMethod, laneTile, planeTile } from './rules/cost-model.js';
import { costTable } from './rules/cost-table.js';
import { kernelBackend } from './rules/kernel-backend.js';
import type { ConvolutionTally } from './sums/integer-convolution.js';
import { laneText } from './symbols/lane-text.js';
import { classShares } from './symbols/letter-shares.js';
import type { Matter } from './symbols/prepare-pattern.js';
import { type Codes, narrowest } from './symbols/symbols.js';

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
  /** Pairs of a change of the text and one of the pattern, a stride later. */
  readonly itemPairs: number;
  /** Blocks for which the rounding bound of f32 was too large, so that f64 was taken. */
  readonly fallbackBlocks: number;
  /** Numbers that went through transforms of convolutions modulo a small prime. */
  readonly residuePoints: number;
  /** Pairs of places that convolutions by residues took singly. */
  readonly residuePairs: number;
  /** Products that were looked up to settle the last sums of such convolutions. */
  readonly verifications: number;
  /** Folds of such convolutions that settled sums. */
  readonly rounds: number;
}

/** A profile with what it took. */
export interface ExactProfile {
  readonly distances: Codes;
  readonly choice: Choice;
  readonly counts: ProfileCounts;
  readonly certificate: ExactnessCertificate;
  readonly backend: Backend;
}

/** Costs before anything was done. */
export const NO_COUNTS: ProfileCounts = {
  laneWords: 0,
  planeWords: 0,
  transformPoints: 0,
  increments: 0,
  itemPairs: 0,
  fallbackBlocks: 0,
  residuePoints: 0,
  residuePairs: 0,
  verifications: 0,
  rounds: 0,
};
const INTEGERS: ExactnessCertificate = { kind: 'integers', bound: 0, residual: 0 };
/** Comparisons of a slice, by lanes or planes: at most about 5 ms. */
const SLICE_COMPARISONS = { js: 8_000_000, wasm: 20_000_000 } as const;

/**
 * Computes the distances of all shifts.
 *
 * @param matter - text and pattern
 * @param settings - method, precision and backend
 * @returns the distances, in the narrowest array that holds the pattern's length
 */
export function* exactProfile(matter: Matter, settings: ProfileSettings): Slices<ExactProfile> {
  const { source, pattern, shifts } = matter;
  const m = pattern.length;
  const distances = narrowest(m, shifts);
  const backend = kernelBackend(settings.backend);
  const table = settings.costs ?? costTable(backend);
  const choice = chooseMethod(Math.max(source.length, m), pattern, classShares(matter), settings.method, table);
  const plain = { distances, choice, certificate: INTEGERS, counts: NO_COUNTS, backend: 'js' as Backend };
  // Without a position that counts there is nothing to differ.
  if (shifts === 0 || pattern.positions.length === 0) return plain;
  switch (choice.method) {
    case 'bytes':
      return { ...plain, backend, counts: { ...NO_COUNTS, laneWords: yield* byBytes(matter, distances, backend) } };
    case 'sliced':
      return { ...plain, backend, counts: { ...NO_COUNTS, planeWords: yield* bySlices(matter, distances, backend) } };
    case 'periodic':
      return { ...plain, counts: { ...NO_COUNTS, itemPairs: yield* byPeriods(matter, distances) } };
    default:
      return yield* byCounting(matter, distances, choice, settings);
  }
}

/** Shifts of a slice: so many comparisons, in whole blocks. */
function sliceShifts(positions: number, backend: Backend, block: number): number {
  return Math.max(block, block * Math.floor(SLICE_COMPARISONS[backend] / (block * positions)));
}

function* byBytes(matter: Matter, distances: Codes, backend: Backend): Slices<number> {
  const { pattern, shifts } = matter;
  const { positions, length: m } = pattern;
  const tile = laneTile(shifts, m);
  const lanes = laneText(matter);
  const kernel = openLanes(lanes, positions, lanes.bytes, tile, m, backend);
  const step = sliceShifts(positions.length, backend, 64);
  let laneWords = 0;
  try {
    for (let from = 0; from < shifts; from += tile) {
      const size = Math.min(tile, shifts - from);
      const end = 64 * Math.ceil(size / 64);
      kernel.load(from);
      for (let first = 0; first < end; first += step) {
        const last = Math.min(end, first + step);
        kernel.mismatches(first, last);
        laneWords += ((last - first) / 4) * positions.length;
        yield 'slice';
      }
      distances.set(kernel.counts.subarray(0, size), from);
    }
  } finally {
    kernel.dispose();
  }
  return laneWords;
}

function* bySlices(matter: Matter, distances: Codes, backend: Backend): Slices<number> {
  const { pattern, shifts } = matter;
  const { positions, length: m } = pattern;
  const tile = planeTile(shifts, m);
  const kernel = openPlanes(matter, tile, backend);
  const step = sliceShifts(positions.length, backend, PLANE_GROUP);
  let planeWords = 0;
  try {
    for (let from = 0; from < shifts; from += tile) {
      const size = Math.min(tile, shifts - from);
      const end = PLANE_GROUP * Math.ceil(size / PLANE_GROUP);
      kernel.load(from);
      yield 'slice';
      for (let first = 0; first < end; first += step) {
        const last = Math.min(end, first + step);
        kernel.mismatches(first, last);
        planeWords += ((last - first) / 32) * positions.length;
        yield 'slice';
      }
      distances.set(kernel.counts.subarray(0, size), from);
    }
  } finally {
    kernel.dispose();
  }
  return planeWords;
}

function* byPeriods({ text, pattern }: Matter, distances: Codes): Slices<number> {
  const changes = yield* fewestPairs(text, pattern);
  yield 'slice';
  const { sums, itemPairs } = yield* matchesByChanges(text, pattern, changes);
  const first = pattern.length + changes.rho;
  for (let i = 0; i < distances.length; i++) distances[i] = pattern.positions.length - sums[first + i];
  return itemPairs;
}

/** Heavy classes by transforms, those between by residues, the others by marking. */
function* byCounting(
  matter: Matter,
  distances: Codes,
  choice: Choice,
  settings: ProfileSettings,
): Slices<ExactProfile> {
  const { length: m, classes, positions } = matter.pattern;
  const { method, size, between } = choice;
  const heavy = method === 'marking' ? [] : choice.heavy;
  const light = new Uint8Array(classes).fill(1);
  for (const c of [...heavy, ...between]) light[c] = 0;
  distances.fill(positions.length);
  let counts = NO_COUNTS;
  let certificate = INTEGERS;
  let backend: Backend = 'js';
  if (heavy.length > 0) {
    const { transformPoints, fallbackBlocks, ...rest } = yield* subtractByTransforms(
      matter,
      heavy,
      size,
      settings,
      distances,
    );
    counts = { ...counts, transformPoints, fallbackBlocks };
    ({ certificate, backend } = rest);
  }
  const single = light.includes(1);
  if (between.length === 0 && !single) return { distances, choice, counts, certificate, backend };
  const matches = new Uint32Array(matter.source.length + m + 1);
  if (between.length > 0) {
    const folds = method === 'las-vegas' ? randomFolds(randomStream(settings.seed).fork('folds')) : firstFolds();
    const tally = yield* addByResidues(matter, between, { folds, modular: convolveRests }, matches);
    const { pairs: residuePairs, verifications, rounds } = tally;
    const transformPoints = counts.transformPoints + pointsOf(tally.plain);
    counts = {
      ...counts,
      transformPoints,
      residuePoints: pointsOf(tally.residues),
      residuePairs,
      verifications,
      rounds,
    };
    certificate = jointCertificate(certificate, residueCertificate(tally));
  }
  if (single) counts = { ...counts, increments: yield* addByMarks(matter, light, matches) };
  for (let i = 0; i < distances.length; i++) distances[i] -= matches[m + i];
  return { distances, choice, counts, certificate, backend };
}

/** Numbers that went through transforms of either kind. */
function pointsOf({ transformPoints, modularPoints }: ConvolutionTally): number {
  return transformPoints + modularPoints;
}
