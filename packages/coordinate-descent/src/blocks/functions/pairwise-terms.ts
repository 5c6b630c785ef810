import { DimensionError, NumericalError, refusal, requireInteger, requireVector } from '@lemmata/core';
import type { SparseMatrix } from '@lemmata/linalg';
import { type PairwiseModel, pairwiseFunction } from './pairwise-model.js';
import type { SmoothFunction } from './smooth-function.js';

/** Terms of single variables, twice differentiable. */
export interface NodeTerms {
  /** Bounds of the second derivatives, length n, finite, >= 0. */
  readonly curvatures: ArrayLike<number>;
  /** f_i(x). */
  value(i: number, x: number): number;
  /** f_i'(x). */
  slope(i: number, x: number): number;
  /** f_i''(x). */
  second(i: number, x: number): number;
}

/** Terms of pairs of variables, twice differentiable; x is the variable that an edge names first, y the other one. */
export interface EdgeTerms {
  /**
   * Matrices [[a, c], [c, b]] that the Hessian nowhere exceeds: a, b and c of every edge, one after the other, length 3 times
   * the edges; a and b >= 0, finite. With c = 0 they are bounds of the largest eigenvalue in both variables.
   */
  readonly bounds: ArrayLike<number>;
  /** f_e(x, y). */
  value(e: number, x: number, y: number): number;
  /** Writes the derivatives in x and in y to `out`. */
  gradient(e: number, x: number, y: number, out: Float64Array): void;
  /** Writes the second derivatives xx, yy and xy to `out`. */
  hessian(e: number, x: number, y: number, out: Float64Array): void;
}

/**
 * Makes f(x) = sum_i f_i(x_i) + sum of f_e(x_i, x_j) over the edges e = (i, j) of a graph, for `minimize`, from terms of the
 * caller's.
 *
 * The update `'message-passing'` takes Newton steps on forests in time of their edges, with Armijo's rule along them, and
 * steps of the bound where the Hessian is singular or its step does not fall.
 *
 * @param edges - pairs of different variables, 0 to n - 1, no pair twice
 * @param nodes - terms of variables; the length of `nodes.curvatures` is n >= 1
 * @param pairs - terms of edges
 * @returns the function of n variables
 * @throws DimensionError when lengths do not fit; InvalidInputError for edges and bounds out of range; NumericalError, during a
 * run, when a term is NaN
 * Complexity: O(n + edges) once; a move of a block takes two calls of terms for each of its edges.
 *
 * @example
 * ```ts
 * import { minimize, pairwiseTerms } from '@lemmata/coordinate-descent';
 *
 * const targets = {
 *   curvatures: [1, 1],
 *   value: (_: number, x: number) => (x - 3) ** 2 / 2,
 *   slope: (_: number, x: number) => x - 3,
 *   second: () => 1,
 * };
 * const smooth = pairwiseTerms([[0, 1]], targets, {
 *   bounds: [4, 1, -2],
 *   value: (_, x, y) => (2 * x - y) ** 2 / 2,
 *   gradient: (_, x, y, out) => out.set([4 * x - 2 * y, y - 2 * x]),
 *   hessian: (_e, _x, _y, out) => out.set([4, 1, -2]),
 * });
 * console.log(minimize({ smooth }, { partition: 'forest' }).x); // 2, 3.5
 * ```
 * @see J. Nutini, I. Laradji, M. Schmidt, JMLR 23(131), 2022, section 5, on pairwise functions
 */
export function pairwiseTerms(
  edges: readonly (readonly [number, number])[],
  nodes: NodeTerms,
  pairs: EdgeTerms,
): SmoothFunction {
  requireFunctions('nodes', nodes, ['value', 'slope', 'second']);
  requireFunctions('pairs', pairs, ['value', 'gradient', 'hessian']);
  const curvatures = requireVector('nodes.curvatures', nodes.curvatures);
  const n = curvatures.length;
  if (n === 0) throw refusal('nodes.curvatures', 'at least one number', 'none');
  requireNonnegative('nodes.curvatures', curvatures, () => true);
  const bounds = requireVector('pairs.bounds', pairs.bounds, 3 * edges.length, '3 times the edges');
  requireNonnegative('pairs.bounds', bounds, (e) => e % 3 < 2);
  const incidence = incidenceOf(edges, n);
  return pairwiseFunction(modelOf(incidence, boundOf(incidence, curvatures, bounds), nodes, pairs));
}

/** Neighbours in CSR; entry k belongs to edge `edge[k]`, turned round where `turned[k]` is 1. */
interface Incidence {
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly edge: Int32Array;
  readonly turned: Uint8Array;
}

function incidenceOf(edges: readonly (readonly [number, number])[], n: number): Incidence {
  const rows: [to: number, edge: number, turned: 0 | 1][][] = Array.from({ length: n }, () => []);
  edges.forEach((ends, e) => {
    if (!Array.isArray(ends) || ends.length !== 2) {
      throw new DimensionError(`edges[${e}]: expected two variables, got ${ends?.length}`, {
        argument: `edges[${e}]`,
        expected: 2,
        actual: ends?.length,
      });
    }
    const [i, j] = ends.map((end, side) => requireInteger(`edges[${e}][${side}]`, end, 0, n - 1));
    if (i === j) throw refusal(`edges[${e}]`, 'two different variables', `${i} twice`);
    rows[i].push([j, e, 0]);
    rows[j].push([i, e, 1]);
  });
  const entries = rows.flatMap((row, i) => {
    row.sort((p, q) => p[0] - q[0]);
    const again = row.findIndex(([to], k) => k > 0 && row[k - 1][0] === to);
    if (again > 0) throw refusal(`edges[${row[again][1]}]`, 'no pair twice', `${i} and ${row[again][0]} again`);
    return row;
  });
  const indptr = new Int32Array(n + 1);
  rows.forEach((row, i) => {
    indptr[i + 1] = indptr[i] + row.length;
  });
  return {
    indptr,
    indices: Int32Array.from(entries, ([to]) => to),
    edge: Int32Array.from(entries, ([, e]) => e),
    turned: Uint8Array.from(entries, ([, , side]) => side),
  };
}

/** The sum of the bounds of all terms. */
function boundOf(
  { indptr, indices, edge, turned }: Incidence,
  curvatures: Float64Array,
  bounds: Float64Array,
): SparseMatrix {
  const n = curvatures.length;
  const starts = Int32Array.from(indptr, (start, i) => start + i);
  const to = new Int32Array(starts[n]);
  const data = new Float64Array(starts[n]);
  for (let i = 0; i < n; i++) {
    let at = starts[i];
    let sum = curvatures[i];
    for (let k = indptr[i]; k < indptr[i + 1]; k++) sum += bounds[3 * edge[k] + turned[k]];
    const put = (j: number, value: number) => {
      to[at] = j;
      data[at++] = value;
    };
    let k = indptr[i];
    for (; k < indptr[i + 1] && indices[k] < i; k++) put(indices[k], bounds[3 * edge[k] + 2]);
    put(i, sum);
    for (; k < indptr[i + 1]; k++) put(indices[k], bounds[3 * edge[k] + 2]);
  }
  return { layout: 'csr', rows: n, cols: n, indptr: starts, indices: to, data };
}

function modelOf(
  { indptr, indices, edge, turned }: Incidence,
  bound: SparseMatrix,
  nodes: NodeTerms,
  pairs: EdgeTerms,
): PairwiseModel {
  const [before, after, second] = [new Float64Array(2), new Float64Array(2), new Float64Array(3)];
  const value = (k: number, x: number, y: number) => {
    const e = edge[k];
    return known('pairs.value', e, turned[k] === 1 ? pairs.value(e, y, x) : pairs.value(e, x, y));
  };
  const nodeValue = (i: number, x: number) => known('nodes.value', i, nodes.value(i, x));
  const gradient = (k: number, x: number, y: number, out: Float64Array) => {
    if (turned[k] === 0) pairs.gradient(edge[k], x, y, out);
    else {
      pairs.gradient(edge[k], y, x, out);
      out.reverse();
    }
  };
  return {
    indptr,
    indices,
    bound,
    nodeValue,
    nodeChange: (i, from, to) => nodeValue(i, to) - nodeValue(i, from),
    nodeSlope: (i, x) => nodes.slope(i, x),
    nodeSecond: (i, x) => nodes.second(i, x),
    pairValue: value,
    pairChange: (k, x, y, x2, y2, out) => {
      gradient(k, x, y, before);
      gradient(k, x2, y2, after);
      out[0] = after[0] - before[0];
      out[1] = after[1] - before[1];
      return value(k, x2, y2) - value(k, x, y);
    },
    pairSlope: (k, x, y) => {
      gradient(k, x, y, before);
      return before[0];
    },
    pairCurvature: (k, x, y, out) => {
      const [p, q] = turned[k] === 1 ? [y, x] : [x, y];
      pairs.hessian(edge[k], p, q, second);
      out[0] = second[turned[k]];
      out[1] = second[2];
    },
  };
}

function known(name: string, index: number, value: number): number {
  if (Number.isNaN(value)) throw new NumericalError(`${name}: expected a number, got NaN for ${index}`);
  return value;
}

function requireFunctions<Terms extends object>(argument: string, terms: Terms, names: readonly (keyof Terms)[]): void {
  if (typeof terms !== 'object' || terms === null) throw refusal(argument, 'an object with terms', terms);
  for (const name of names) {
    if (typeof terms[name] !== 'function') throw refusal(`${argument}.${String(name)}`, 'a function', terms[name]);
  }
}

function requireNonnegative(argument: string, values: Float64Array, which: (index: number) => boolean): void {
  const index = values.findIndex((value, at) => which(at) && value < 0);
  if (index >= 0) throw refusal(`${argument}[${index}]`, 'a number >= 0', values[index]);
}
