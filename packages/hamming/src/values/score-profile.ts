import { refusal } from '@lemmata/core';
import { type MatrixLike, toDense, toMatrix } from '@lemmata/linalg';
import { runOneShot, runOneShotAsync, type Slices } from '../one-shot.js';
import { addCorrelation, certificateOf, newTally } from '../sums/integer-convolution.js';
import { type IntegerOptions, integerSettings, readIntegers, requireEntries } from '../sums/integers.js';
import type { ValueCounts } from './value-profile.js';

/** How far scores may be from the true sums. */
export interface ScoreCertificate {
  /**
   * `'integers'`: integer weights were added, exactly. `'rounding-bound'`: sums of integer weights came from floating point
   * transforms, and the bound shows that the nearest integers are the true ones. `'error-bound'`: weights are not all
   * integers, and each score is off by at most the bound.
   */
  readonly kind: 'integers' | 'rounding-bound' | 'error-bound';
  /** Largest error of a sum, before rounding for `'rounding-bound'`, >= 0; 0 for `'integers'`. */
  readonly bound: number;
  /** Largest distance from an integer that was seen before rounding, >= 0; 0 for the other kinds. */
  readonly residual: number;
}

/** The scores of every window of a text. */
export interface ScoreProfile {
  /** The computation was carried out in full. */
  readonly status: 'complete';
  /** Entry i is the score of the window that begins at i; n - m + 1 entries, none when the text is shorter. */
  readonly scores: Float64Array;
  /** What it cost, in operations. */
  readonly counts: ValueCounts;
  /** Whether the scores are exact, and how far they may be off. */
  readonly certificate: ScoreCertificate;
  /** What the caller should know; empty at present. */
  readonly warnings: readonly string[];
  /** Time from the call to the result, in milliseconds. */
  readonly elapsedMs: number;
}

/** Half the distance from 1 to the next number. */
const UNIT = 1 / 9007199254740992;
/** A transform costs about as much for each shift, letter and doubling of length as so many table look-ups. */
const LOOKUPS_PER_LEVEL = 5;
/** Look-ups between two slices. */
const SLICE = 1048576;

interface ScoreMatter {
  readonly text: Float64Array;
  /** Weight of letter c at place j: entry j letters + c. */
  readonly weights: Float64Array;
  readonly letters: number;
  readonly length: number;
}

function openScores(text: unknown, weights: MatrixLike): ScoreMatter {
  const { rows, cols, data } = toDense(toMatrix('weights', weights), 'column');
  requireEntries('weights', rows * cols);
  const codes = readIntegers('text', text, 0, rows - 1);
  return { text: codes, weights: Float64Array.from(data), letters: rows, length: cols };
}

function* scoresOf({ text, weights, letters, length }: ScoreMatter): Slices<Omit<ScoreProfile, 'elapsedMs'>> {
  const scores = new Float64Array(Math.max(0, text.length - length + 1));
  let largest = 0;
  for (let j = 0; j < length; j++) {
    let here = 0;
    for (let c = 0; c < letters; c++) here = Math.max(here, Math.abs(weights[j * letters + c]));
    largest += here;
  }
  const exact = weights.every((weight) => Number.isInteger(weight));
  if (largest > Number.MAX_SAFE_INTEGER && (exact || largest === Infinity)) {
    throw refusal('weights', 'scores that stay below 2^53', `scores of up to ${largest}`, 'ERR_INPUT');
  }
  const tally = newTally();
  let pairs = 0;
  if (exact && length > LOOKUPS_PER_LEVEL * letters * (32 - Math.clz32(4 * length))) {
    for (let c = 0; c < letters; c++) {
      const shown = text.map((code) => (code === c ? 1 : 0));
      const row = Float64Array.from({ length }, (_, j) => weights[j * letters + c]);
      yield* addCorrelation('weights', shown, row, scores, tally);
    }
  } else {
    const piece = Math.max(1, Math.floor(SLICE / length));
    for (let from = 0; from < scores.length; from += piece) {
      const end = Math.min(scores.length, from + piece);
      for (let i = from; i < end; i++) {
        let score = 0;
        for (let j = 0; j < length; j++) score += weights[j * letters + text[i + j]];
        scores[i] = score;
      }
      yield 'slice';
    }
    pairs = scores.length * length;
  }
  const { transformPoints, modularPoints } = tally;
  // Adding m numbers one by one errs by at most (m - 1) u / (1 - (m - 1) u) times the sum of their absolute values.
  const certificate: ScoreCertificate = exact
    ? certificateOf(tally)
    : { kind: 'error-bound', bound: 1.01 * length * UNIT * largest, residual: 0 };
  return { status: 'complete', scores, counts: { transformPoints, modularPoints, pairs }, certificate, warnings: [] };
}

/**
 * Scores every window of a text by a position weight matrix.
 *
 * scores[i] = sum over j of weights[text[i + j]][j]. Integer weights give exact scores, by table or by one correlation a
 * letter, whichever counts fewer operations; other weights are added by table, and the certificate bounds the error.
 *
 * @param text - n letters, integers in [0, sigma)
 * @param weights - shape (sigma, m), one row a letter, one column a place, all finite; any matrix
 * @param options - `signal`
 * @returns the scores and how far they may be off
 * @throws DimensionError for an empty matrix
 * @throws InvalidInputError for letters without a row, weights that are not finite, and integer scores that could reach
 * 2^53; the signal's reason when it is aborted
 * Complexity: O(n m), or O(sigma n log m) for integer weights of long windows.
 *
 * @example
 * ```ts
 * import { scoreProfile } from '@lemmata/hamming';
 *
 * const weights = [[2, -1], [-1, 3]]; // letter 0, then letter 1
 * console.log(scoreProfile([0, 1, 1, 0], weights).scores); // 5 2 -2
 * ```
 * @see G. D. Stormo, "DNA binding sites: representation and discovery", Bioinformatics 16(1), 2000
 */
export function scoreProfile(text: ArrayLike<number>, weights: MatrixLike, options?: IntegerOptions): ScoreProfile {
  const { signal } = integerSettings('scoreProfile', options);
  const matter = openScores(text, weights);
  return runOneShot(() => scoresOf(matter), signal);
}

/**
 * Does what `scoreProfile` does, giving the event loop a macrotask at least every 16 ms (a single transform is not
 * interrupted).
 *
 * @param text - n letters, integers in [0, sigma)
 * @param weights - shape (sigma, m)
 * @param options - `signal`
 * @returns a promise of the same result
 * @throws what `scoreProfile` throws, as a rejection
 * Complexity: that of `scoreProfile`.
 *
 * @example
 * ```ts
 * import { scoreProfileAsync } from '@lemmata/hamming';
 *
 * const { scores } = await scoreProfileAsync([0, 1, 1, 0], [[2, -1], [-1, 3]]);
 * console.log(scores); // 5 2 -2
 * ```
 */
export async function scoreProfileAsync(
  text: ArrayLike<number>,
  weights: MatrixLike,
  options?: IntegerOptions,
): Promise<ScoreProfile> {
  const { signal } = integerSettings('scoreProfileAsync', options);
  const matter = openScores(text, weights);
  return runOneShotAsync(() => scoresOf(matter), signal);
}
