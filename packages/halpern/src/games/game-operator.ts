import { frobenius, type Matrix, norm2, type SparseMatrix, toDense, toSparse } from '@lemmata/linalg';
import type { Inclusion } from '../problem/inclusion.js';
import { productResolvent, simplexResolvent } from '../problem/resolvents.js';

/** Rows and columns that are drawn together, with the probability of each pair. */
interface Pairs {
  readonly rows: Int32Array;
  readonly cols: Int32Array;
  readonly probabilities: Float64Array;
}

/**
 * Couples two distributions along a staircase: at most m + n - 1 pairs whose margins are the given ones, none of
 * probability 0.
 */
function couple(rowShares: Float64Array, colShares: Float64Array): Pairs {
  const rows: number[] = [];
  const cols: number[] = [];
  const probabilities: number[] = [];
  let i = 0;
  let j = 0;
  let rowRest = rowShares[0];
  let colRest = colShares[0];
  const pair = (probability: number): void => {
    if (!(probability > 0)) return;
    rows.push(Math.min(i, rowShares.length - 1));
    cols.push(Math.min(j, colShares.length - 1));
    probabilities.push(probability);
  };
  while (i < rowShares.length && j < colShares.length) {
    const step = Math.min(rowRest, colRest);
    pair(step);
    rowRest -= step;
    colRest -= step;
    if (rowRest <= 0) rowRest = rowShares[++i];
    if (colRest <= 0) colRest = colShares[++j];
  }
  // Rounding can use up one side early: lines of the other that have no partner yet, however small, go with the last one.
  for (; i < rowShares.length; rowRest = rowShares[++i]) if (rows[rows.length - 1] !== i) pair(rowRest);
  for (; j < colShares.length; colRest = colShares[++j]) if (cols[cols.length - 1] !== j) pair(colRest);
  return { rows: Int32Array.from(rows), cols: Int32Array.from(cols), probabilities: Float64Array.from(probabilities) };
}

/** Rows or columns of a matrix, each stored in one piece. */
interface Lines {
  /** Number of lines. */
  readonly count: number;
  /** out[offset ..] += factor times a line. */
  add(line: number, factor: number, out: Float64Array, offset: number): void;
  /** Squared norm of a line. */
  square(line: number): number;
}

/** The rows of A, or its columns; dense matrices stay dense, so that entries lie side by side. */
function linesOf(A: Matrix, which: 'rows' | 'cols'): Lines {
  const count = A[which];
  if (A.layout === 'row' || A.layout === 'column') {
    const stored = toDense(A, which === 'rows' ? 'row' : 'column');
    return denseLines(stored.data, count, which === 'rows' ? A.cols : A.rows);
  }
  return sparseLines(toSparse(A, which === 'rows' ? 'csr' : 'csc'), count);
}

function denseLines(data: Float64Array, count: number, width: number): Lines {
  return {
    count,
    add(line, factor, out, offset) {
      const start = line * width;
      for (let k = 0; k < width; k++) out[offset + k] += factor * data[start + k];
    },
    square(line) {
      let sum = 0;
      for (let k = line * width; k < (line + 1) * width; k++) sum += data[k] * data[k];
      return sum;
    },
  };
}

function sparseLines({ indptr, indices, data }: SparseMatrix, count: number): Lines {
  return {
    count,
    add(line, factor, out, offset) {
      for (let k = indptr[line]; k < indptr[line + 1]; k++) out[offset + indices[k]] += factor * data[k];
    },
    square(line) {
      let sum = 0;
      for (let k = indptr[line]; k < indptr[line + 1]; k++) sum += data[k] * data[k];
      return sum;
    },
  };
}

/** |line|^2 / |A|_F^2 for each line; even shares when A is 0. */
function shares(lines: Lines): Float64Array {
  const squares = Float64Array.from({ length: lines.count }, (_, line) => lines.square(line));
  const total = squares.reduce((sum, square) => sum + square, 0);
  return total > 0 ? squares.map((square) => square / total) : squares.fill(1 / lines.count);
}

/** Sums of the probabilities that fall on each line, so that weights are exactly those of the draws. */
function margins(length: number, lines: Int32Array, probabilities: Float64Array): Float64Array {
  const margin = new Float64Array(length);
  for (let k = 0; k < lines.length; k++) margin[lines[k]] += probabilities[k];
  return margin;
}

/**
 * The inclusion of a matrix game: F(x, y) = (A'y, -A x) on the product of two simplices.
 *
 * Components are pairs of a row and a column, drawn with probabilities proportional to their squared norms; then L_Q is
 * the Frobenius norm. A difference of one pair costs one row and one column, so F in full costs 2 m n / (m + n) of them.
 *
 * @param A - payoff matrix, checked, shape (m, n)
 * @param withLipschitz - whether L_F = |A|_2 is to be found, for methods that use it
 * @returns the inclusion, for vectors (x, y) of length n + m
 */
export function gameInclusion(A: Matrix, withLipschitz: boolean): Inclusion {
  const { rows: m, cols: n } = A;
  const rows = linesOf(A, 'rows');
  const cols = linesOf(A, 'cols');
  const pairs = couple(shares(rows), shares(cols));
  let total = 0;
  for (let k = 0; k < pairs.probabilities.length; k++) total += pairs.probabilities[k];
  const probabilities = pairs.probabilities.map((q) => q / total);
  const rowShare = margins(m, pairs.rows, probabilities);
  const colShare = margins(n, pairs.cols, probabilities);
  const size = frobenius(A);
  const components = probabilities.length;

  /** Combines lines in order and leaves out those of weight 0, of which strategies have many: as a sum in order would. */
  function full(z: Float64Array, out: Float64Array): void {
    out.fill(0);
    for (let i = 0; i < m; i++) if (z[n + i] !== 0) rows.add(i, z[n + i], out, 0);
    for (let j = 0; j < n; j++) if (z[j] !== 0) cols.add(j, -z[j], out, n);
  }

  function addDifference(pair: number, z: Float64Array, other: Float64Array, weight: number, out: Float64Array): void {
    const i = pairs.rows[pair];
    const j = pairs.cols[pair];
    // F_k = n_components q_k (y_i A_i: / r_i, -x_j A_:j / s_j): the mean over the pairs is F, since q has margins r and s.
    const common = weight * components * probabilities[pair];
    const forRow = (common * (z[n + i] - other[n + i])) / rowShare[i];
    const forCol = (common * (z[j] - other[j])) / colShare[j];
    if (forRow !== 0) rows.add(i, forRow, out, 0);
    if (forCol !== 0) cols.add(j, -forCol, out, n);
  }

  const operator = {
    dimension: n + m,
    components,
    fullCost: Math.max(1, (2 * m * n) / (m + n)),
    full,
    addDifference,
    probabilities,
    averageLipschitz: size > 0 ? size : 1,
    // The norm's estimate is from below, by far less than the margin of 1 in 100 that steps keep.
    ...(withLipschitz ? { lipschitz: size > 0 ? norm2(A).value : 1 } : {}),
  };
  const resolvent = productResolvent([
    { length: n, resolvent: simplexResolvent() },
    { length: m, resolvent: simplexResolvent() },
  ]);
  return { operator, resolvent };
}

/**
 * The bounds of a game's value that F(x, y) = (A'y, -A x) gives.
 *
 * @param n - columns of A
 * @param value - F(x, y), length n + m
 * @returns the least payoff that y secures, and the greatest that x allows
 */
export function gameBounds(n: number, value: Float64Array): { readonly lower: number; readonly upper: number } {
  let lower = Infinity;
  let upper = -Infinity;
  for (let j = 0; j < n; j++) lower = Math.min(lower, value[j]);
  for (let i = n; i < value.length; i++) upper = Math.max(upper, -value[i]);
  return { lower, upper };
}
