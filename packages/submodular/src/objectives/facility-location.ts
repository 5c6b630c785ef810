import { resolveOptions, type Settings } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import { type GainState, requireElements, type SetFunction } from '../oracle/set-function.js';
import { longestRow, type SimilarityRows, similarityRows } from './similarity-rows.js';

/** Options of {@link facilityLocation}. */
export interface FacilityLocationOptions {
  /** Worth of each client, >= 0, length = columns of the similarity; default 1 for every client. */
  readonly weights?: ArrayLike<number>;
}

const DEFAULTS: Settings<FacilityLocationOptions, 'weights'> = Object.freeze({ weights: undefined });

class FacilityState implements GainState {
  readonly #rows: SimilarityRows;
  readonly #best: Float64Array;
  value: number;
  size: number;

  constructor(rows: SimilarityRows, best: Float64Array, value: number, size: number) {
    this.#rows = rows;
    this.#best = best;
    this.value = value;
    this.size = size;
  }

  gain(e: number): number {
    const { indptr, indices, data } = this.#rows;
    const best = this.#best;
    const from = indptr[e];
    const to = indptr[e + 1];
    let gain = 0;
    // The differences are summed, never totals: gains of nearly redundant elements keep their relative accuracy. Twice
    // max(0, more) = more + |more| is exact and takes no branch, which nobody could predict.
    if (indices === null) {
      const row = data.subarray(from, to);
      for (let c = 0; c < row.length; c++) {
        const more = row[c] - best[c];
        gain += more + Math.abs(more);
      }
    } else {
      for (let p = from; p < to; p++) {
        const more = data[p] - best[indices[p]];
        gain += more + Math.abs(more);
      }
    }
    return gain / 2;
  }

  add(e: number): number {
    const { indptr, indices, data } = this.#rows;
    const best = this.#best;
    const gain = this.gain(e);
    for (let p = indptr[e]; p < indptr[e + 1]; p++) {
      const client = indices === null ? p - indptr[e] : indices[p];
      if (data[p] > best[client]) best[client] = data[p];
    }
    this.value += gain;
    this.size++;
    return gain;
  }

  clone(): FacilityState {
    return new FacilityState(this.#rows, this.#best.slice(), this.value, this.size);
  }
}

/**
 * Makes the objective that asks how well the chosen elements represent all clients.
 *
 * f(S) = sum over clients c of w_c max(0, max over e in S of s(e, c)) with similarities s >= 0. Monotone and submodular,
 * f(empty) = 0. Clients and elements need not be the same; in a dynamic pool the clients stay fixed.
 *
 * @param similarity - matrix of shape (elements, clients), entries >= 0, dense or sparse; entries that a sparse matrix
 * does not store are 0
 * @param options - `weights`: worth of each client, >= 0 (default 1 each)
 * @returns the set function; the matrix is copied
 * @throws DimensionError when lengths do not fit
 * @throws InvalidInputError for negative entries or weights, entries that are not finite, an unknown option
 * Complexity: O(clients) per gain when dense, O(entries of row e) when sparse; O(clients) per copy of a state.
 *
 * @example
 * ```ts
 * import { facilityLocation, select } from '@lemmata/submodular';
 *
 * const points = [0, 1, 2, 10, 11];
 * const f = facilityLocation(points.map((x) => points.map((y) => 1 / (1 + Math.abs(x - y)))));
 * console.log(select(f, { k: 2 }).selected); // Int32Array [ 1, 3 ]
 * ```
 * @see G. Cornuejols, M. L. Fisher, G. L. Nemhauser, "Location of bank accounts to optimize float", Management Science
 * 23(8), 1977
 */
export function facilityLocation(similarity: MatrixLike, options?: FacilityLocationOptions): SetFunction {
  const settings = resolveOptions('facilityLocation', options, DEFAULTS);
  const rows = similarityRows(similarity, settings.weights);
  const { indptr, indices, data, clients } = rows;
  const n = indptr.length - 1;
  return {
    n,
    name: 'facility-location',
    monotone: true,
    submodular: true,
    gainCost: longestRow(rows),
    state: () => new FacilityState(rows, new Float64Array(clients), 0, 0),
    evaluate(set) {
      const best = new Float64Array(clients);
      for (const e of requireElements('set', set, n)) {
        for (let p = indptr[e]; p < indptr[e + 1]; p++) {
          const client = indices === null ? p - indptr[e] : indices[p];
          best[client] = Math.max(best[client], data[p]);
        }
      }
      let value = 0;
      for (let c = 0; c < clients; c++) value += best[c];
      return value;
    },
  };
}
