import { exp, log1p, refusal, requireNumber, requireOneOf, requireVector, resolveOptions, tanh } from '@lemmata/core';
import type { MatrixLike, SparseMatrix } from '@lemmata/linalg';
import type { Slices } from '../oracle.js';
import { PairwiseOracle } from '../pairwise-oracle.js';
import { registerOracle } from './open-oracle.js';
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

/** Terms of variables and edges, checked. */
export interface PairwiseModel {
  /** Weights of edges in CSR, symmetric, none on the diagonal. */
  readonly weights: SparseMatrix;
  /** Targets y. */
  readonly targets: Float64Array;
  /** Weights a of the targets, >= 0. */
  readonly fidelity: Float64Array;
  /** phi. */
  readonly term: PairTerm;
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
  const model: PairwiseModel = { weights, targets: y, fidelity: a, term: readTerm(settings.term, delta) };
  const own = new PairwiseOracle(model);
  const at = (x: Float64Array) => {
    own.x.set(x);
    finish(own.reset());
  };
  const smooth: SmoothFunction = Object.freeze({
    dimension: n,
    lipschitz: own.lipschitz.slice(),
    value: (x: Float64Array) => {
      at(x);
      return own.value;
    },
    gradient: (x: Float64Array, out: Float64Array) => {
      at(x);
      out.set(own.gradient);
    },
    blockBound: (block: Int32Array, out: Float64Array) => finish(own.bound(block, out)),
    blockHessian: (x: Float64Array, block: Int32Array, out: Float64Array) => {
      own.x.set(x);
      finish(own.hessian(block, out));
    },
  });
  registerOracle(smooth, () => new PairwiseOracle(model));
  return smooth;
}

/** Runs work to its end at once. */
function finish(work: Slices): void {
  while (work.next().done !== true);
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
