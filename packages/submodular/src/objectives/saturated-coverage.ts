import { refusal, requireNumber, resolveOptions, type Settings } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import { type GainState, requireElements, type SetFunction } from '../oracle/set-function.js';
import { longestRow, type SimilarityRows, similarityRows } from './similarity-rows.js';

/** Options of {@link saturatedCoverage}. */
export interface SaturatedCoverageOptions {
  /** Share of its similarity to all elements together at which a client is served in full, in (0, 1]. */
  readonly alpha: number;
  /** Worth of each client, >= 0, length = columns of the similarity; default 1 for every client. */
  readonly weights?: ArrayLike<number>;
}

const DEFAULTS: Settings<SaturatedCoverageOptions, 'alpha' | 'weights'> = Object.freeze({
  alpha: undefined,
  weights: undefined,
});

class SaturatedState implements GainState {
  readonly #rows: SimilarityRows;
  /** What each client can still be served. */
  readonly #room: Float64Array;
  readonly #members: Uint8Array;
  value: number;
  size: number;

  constructor(rows: SimilarityRows, room: Float64Array, members: Uint8Array, value: number, size: number) {
    this.#rows = rows;
    this.#room = room;
    this.#members = members;
    this.value = value;
    this.size = size;
  }

  gain(e: number): number {
    if (this.#members[e] === 1) return 0;
    const { indptr, indices, data } = this.#rows;
    let gain = 0;
    for (let p = indptr[e]; p < indptr[e + 1]; p++) {
      gain += Math.min(data[p], this.#room[indices === null ? p - indptr[e] : indices[p]]);
    }
    return gain;
  }

  add(e: number): number {
    if (this.#members[e] === 1) return 0;
    const { indptr, indices, data } = this.#rows;
    const gain = this.gain(e);
    for (let p = indptr[e]; p < indptr[e + 1]; p++) {
      const client = indices === null ? p - indptr[e] : indices[p];
      this.#room[client] = Math.max(0, this.#room[client] - data[p]);
    }
    this.#members[e] = 1;
    this.value += gain;
    this.size++;
    return gain;
  }

  clone(): SaturatedState {
    return new SaturatedState(this.#rows, this.#room.slice(), this.#members.slice(), this.value, this.size);
  }
}

/**
 * Makes the objective that serves every client up to a limit, by all chosen elements together.
 *
 * f(S) = sum over clients c of w_c min(sum over e in S of s(e, c), alpha * sum over all elements e of s(e, c)) with
 * similarities s >= 0. Monotone and submodular, f(empty) = 0. The limits belong to the ground set, so they stay fixed
 * while elements come and go. Used to choose sentences that summarise a text.
 *
 * @param similarity - matrix of shape (elements, clients), entries >= 0, dense or sparse; entries that a sparse matrix
 * does not store are 0
 * @param options - `alpha` in (0, 1] (required), `weights`: worth of each client, >= 0 (default 1 each)
 * @returns the set function; the matrix is copied
 * @throws DimensionError when lengths do not fit
 * @throws InvalidInputError for negative entries or weights, entries that are not finite, options out of range or unknown
 * Complexity: O(clients) per gain when dense, O(entries of row e) when sparse; O(clients + n) per copy of a state.
 *
 * @example
 * ```ts
 * import { saturatedCoverage, select } from '@lemmata/submodular';
 *
 * const similarity = [[4, 0, 0], [4, 0, 1], [0, 1, 1], [0, 2, 2]];
 * console.log(select(saturatedCoverage(similarity, { alpha: 0.5 }), { k: 2 }).selected); // Int32Array [ 1, 3 ]
 * ```
 * @see H. Lin, J. Bilmes, "A Class of Submodular Functions for Document Summarization", ACL 2011
 */
export function saturatedCoverage(similarity: MatrixLike, options: SaturatedCoverageOptions): SetFunction {
  const settings = resolveOptions('saturatedCoverage', options, DEFAULTS);
  const alpha = requireNumber('options.alpha', settings.alpha, 0, 1);
  if (alpha === 0) throw refusal('options.alpha', 'a number > 0', alpha);
  const rows = similarityRows(similarity, settings.weights);
  const { indptr, indices, data, clients } = rows;
  const n = indptr.length - 1;
  const limits = new Float64Array(clients);
  const serve = (totals: Float64Array, e: number): void => {
    for (let p = indptr[e]; p < indptr[e + 1]; p++) totals[indices === null ? p - indptr[e] : indices[p]] += data[p];
  };
  for (let e = 0; e < n; e++) serve(limits, e);
  for (let c = 0; c < clients; c++) limits[c] *= alpha;
  return {
    n,
    name: 'saturated-coverage',
    monotone: true,
    submodular: true,
    gainCost: longestRow(rows),
    state: () => new SaturatedState(rows, limits.slice(), new Uint8Array(n), 0, 0),
    evaluate(set) {
      const totals = new Float64Array(clients);
      for (const e of requireElements('set', set, n)) serve(totals, e);
      let value = 0;
      for (let c = 0; c < clients; c++) value += Math.min(totals[c], limits[c]);
      return value;
    },
  };
}
