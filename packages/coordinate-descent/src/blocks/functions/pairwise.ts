import { exp, log1p, refusal, requireNumber, requireOneOf, requireVector, resolveOptions, tanh } from '@lemmata/core';
import type { MatrixLike, SparseMatrix } from '@lemmata/linalg';
import { type PairwiseModel, pairwiseFunction } from './pairwise-model.js';
import { huberLoss } from './row-loss.js';
import type { SmoothFunction } from './smooth-function.js';
import { symmetricMatrix } from './symmetric.js';

/** An even convex function phi of a difference. */
export interface PairTerm {
  /** A bound of its second derivative, finite, > 0. */
  readonly curvature: number;
  /** phi(t), with phi(-t) = phi(t). */
  value(t: number): number;
  /** phi'(t). */
  slope(t: number): number;
  /** phi''(t), >= 0. */
  second(t: number): number;
}

/** Options of {@link pairwise}. */
export interface PairwiseOptions {
  /** phi: `'huber'` (default), `'log-cosh'` delta^2 log cosh(t / delta), or a term of the caller's. */
  readonly term?: 'huber' | 'log-cosh' | PairTerm;
  /** Difference beyond which the built-in terms are nearly linear, finite, > 0; default 1. */
  readonly delta?: number;
}

/**
 * Makes f(x) = sum_i a_i (x_i - y_i)^2 / 2 + sum of w_ij phi(x_i - x_j) over the edges of a graph, for `minimize`: smoothing
 * that lets large differences stand.
 *
 * The update `'message-passing'` takes Newton steps on forests in time of their edges, with Armijo's rule along them.
 *
 * @param graph - symmetric matrix of edge weights, shape (n, n), n >= 1, finite and >= 0; the diagonal counts for nothing
 * @param targets - y, length n, finite
 * @param fidelity - a, length n, finite, >= 0; 0 for variables without a target
 * @param options - `term` (default `'huber'`), `delta` (default 1)
 * @returns the function of n variables
 * @throws DimensionError when lengths do not fit; InvalidInputError for a graph that is not symmetric and numbers out of range
 * Complexity: O(nonzeros) once; a move of a block takes time of its edges.
 *
 * @example
 * ```ts
 * import { minimize, pairwise } from '@lemmata/coordinate-descent';
 *
 * const path = [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]];
 * const smooth = pairwise(path, [0, 0.2, 9, 9.2], [1, 1, 1, 1], { delta: 0.1 });
 * console.log(minimize({ smooth }, { partition: 'forest' }).status); // converged
 * ```
 * @see J. Nutini, I. Laradji, M. Schmidt, JMLR 23(131), 2022, section 5, on pairwise functions
 */
export function pairwise(
  graph: MatrixLike,
  targets: ArrayLike<number>,
  fidelity: ArrayLike<number>,
  options?: PairwiseOptions,
): SmoothFunction {
  const settings = resolveOptions('pairwise', options, { term: 'huber', delta: 1 } as Required<PairwiseOptions>);
  const delta = requireNumber('options.delta', settings.delta, Number.MIN_VALUE);
  const weights = edges(symmetricMatrix('graph', graph));
  const n = weights.rows;
  const y = requireVector('targets', targets, n, 'rows of graph');
  const a = requireVector('fidelity', fidelity, n, 'rows of graph');
  const negative = a.findIndex((value) => value < 0);
  if (negative >= 0) throw refusal(`fidelity[${negative}]`, 'a number >= 0', a[negative], 'ERR_INPUT');
  return pairwiseFunction(differences(weights, y, a, readTerm(settings.term, delta)));
}

/** Terms a_i (x - y_i)^2 / 2 of nodes and w_ij phi(x - y) of edges, phi even. */
function differences(
  weights: SparseMatrix,
  targets: Float64Array,
  fidelity: Float64Array,
  term: PairTerm,
): PairwiseModel {
  const { indptr, indices, data } = weights;
  return {
    indptr,
    indices,
    bound: laplacian(weights, fidelity, term.curvature),
    nodeValue: (i, x) => {
      const off = x - targets[i];
      return (fidelity[i] * off * off) / 2;
    },
    nodeChange: (i, from, to) => (fidelity[i] * (to - from) * (to + from - 2 * targets[i])) / 2,
    nodeSlope: (i, x) => fidelity[i] * (x - targets[i]),
    nodeSecond: (i) => fidelity[i],
    pairValue: (k, x, y) => data[k] * term.value(x - y),
    pairChange: (k, x, y, x2, y2, out) => {
      const [before, after] = [x - y, x2 - y2];
      out[0] = data[k] * (term.slope(after) - term.slope(before));
      out[1] = -out[0];
      return data[k] * (term.value(after) - term.value(before));
    },
    pairSlope: (k, x, y) => data[k] * term.slope(x - y),
    pairCurvature: (k, x, y, out) => {
      out[0] = data[k] * term.second(x - y);
      out[1] = -out[0];
    },
  };
}

/** The entries off the diagonal that are not 0, all > 0. */
function edges({ rows, indptr, indices, data }: SparseMatrix): SparseMatrix {
  const starts = new Int32Array(rows + 1);
  const [to, weights]: [number[], number[]] = [[], []];
  for (let i = 0; i < rows; i++) {
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      if (data[k] < 0) throw refusal(`graph[${i}][${indices[k]}]`, 'a weight >= 0', data[k], 'ERR_INPUT');
      if (indices[k] === i || data[k] === 0) continue;
      to.push(indices[k]);
      weights.push(data[k]);
    }
    starts[i + 1] = to.length;
  }
  return {
    layout: 'csr',
    rows,
    cols: rows,
    indptr: starts,
    indices: Int32Array.from(to),
    data: Float64Array.from(weights),
  };
}

function readTerm(term: 'huber' | 'log-cosh' | PairTerm, delta: number): PairTerm {
  if (typeof term === 'object' && term !== null) {
    requireNumber('options.term.curvature', term.curvature, Number.MIN_VALUE);
    for (const name of ['value', 'slope', 'second'] as const) {
      if (typeof term[name] !== 'function') throw refusal(`options.term.${name}`, 'a function', term[name]);
    }
    return term;
  }
  requireOneOf('options.term', term, ['huber', 'log-cosh']);
  if (term === 'huber') {
    const loss = huberLoss(delta);
    return {
      curvature: 1,
      value: (t) => loss.value(t, 0),
      slope: (t) => loss.slope(t, 0),
      second: (t) => loss.second(t, 0),
    };
  }
  return {
    curvature: 1,
    // log cosh s = |s| + log((1 + exp(-2 |s|)) / 2), and (1 + e) / 2 = 1 + (e - 1) / 2.
    value: (t) => {
      const s = Math.abs(t / delta);
      return delta * delta * (s + log1p((exp(-2 * s) - 1) / 2));
    },
    slope: (t) => delta * tanh(t / delta),
    second: (t) => {
      const s = tanh(t / delta);
      return 1 - s * s;
    },
  };
}

/** diag(a) + curvature (D - W) in CSR. */
function laplacian(weights: SparseMatrix, fidelity: Float64Array, curvature: number): SparseMatrix {
  const { rows, indptr, indices, data } = weights;
  const starts = Int32Array.from(indptr, (start, i) => start + i);
  const to = new Int32Array(indices.length + rows);
  const values = new Float64Array(to.length);
  for (let i = 0; i < rows; i++) {
    let sum = fidelity[i];
    let at = starts[i];
    let diagonal = -1;
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      if (diagonal < 0 && indices[k] > i) diagonal = at++;
      to[at] = indices[k];
      values[at++] = -curvature * data[k];
      sum += curvature * data[k];
    }
    if (diagonal < 0) diagonal = at;
    to[diagonal] = i;
    values[diagonal] = sum;
  }
  return { layout: 'csr', rows, cols: rows, indptr: starts, indices: to, data: values };
}
