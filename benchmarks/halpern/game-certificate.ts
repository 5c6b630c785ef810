// What the benchmarks believe about a pair of strategies: how much both players could gain together, computed here from
// the payoffs with compensated sums. This file imports no solver, and nothing that a solver reports enters it.
import type { DenseMatrix } from '@lemmata/linalg';
import { CompensatedSum, norm } from './compensated-sum.js';
import { requireFinite } from './kkt-errors.js';

/** A matrix game: the column player x pays y'A x to the row player y. */
export interface GameInstance {
  /** Payoffs, rows in order, shape (m, n). */
  readonly A: DenseMatrix;
}

/** A pair of strategies. */
export interface GameSolution {
  /** Of the column player, length n. */
  readonly x: Float64Array;
  /** Of the row player, length m. */
  readonly y: Float64Array;
}

/** A x for every row, and A'y for every column. */
export function payoffs(A: DenseMatrix, { x, y }: GameSolution): { paid: Float64Array; earned: Float64Array } {
  const paid = new Float64Array(A.rows);
  const earned = Array.from({ length: A.cols }, () => new CompensatedSum());
  for (let i = 0; i < A.rows; i++) {
    const sum = new CompensatedSum();
    for (let j = 0; j < A.cols; j++) {
      const payoff = A.data[i * A.cols + j];
      sum.add(payoff * x[j]);
      earned[j].add(payoff * y[i]);
    }
    paid[i] = sum.value;
  }
  return { paid, earned: Float64Array.from(earned, (sum) => sum.value) };
}

/** What best answers to a pair earn and pay: the value of the game lies between `lower` and `upper`. */
export function valueBounds({ A }: GameInstance, solution: GameSolution): { lower: number; upper: number } {
  const { paid, earned } = payoffs(A, solution);
  return { lower: Math.min(...earned), upper: Math.max(...paid) };
}

/** The largest payoff less the smallest. */
export function payoffRange({ A }: GameInstance): number {
  let [least, most] = [Infinity, -Infinity];
  for (const payoff of A.data) {
    least = Math.min(least, payoff);
    most = Math.max(most, payoff);
  }
  return most - least;
}

/** The nearest probability vector: one number comes off every entry, that of the largest prefix it leaves positive. */
export function nearestDistribution(w: Float64Array): Float64Array {
  const sorted = w.slice().sort();
  const sum = new CompensatedSum();
  let off = -Infinity;
  for (let count = 1; count <= w.length; count++) {
    const entry = sorted[w.length - count];
    sum.add(entry);
    const candidate = (sum.value - 1) / count;
    if (entry <= candidate) break;
    off = candidate;
  }
  return w.map((entry) => Math.max(entry - off, 0));
}

/** |z - P(z - F(z))|, the residual of step 1 by which the paper compares methods: F = (A'y, -A x), P to distributions. */
export function naturalResidual({ A }: GameInstance, { x, y }: GameSolution): number {
  const { paid, earned } = payoffs(A, { x, y });
  const nextX = nearestDistribution(x.map((entry, j) => entry - earned[j]));
  const nextY = nearestDistribution(y.map((entry, i) => entry + paid[i]));
  return norm([...x.map((entry, j) => entry - nextX[j]), ...y.map((entry, i) => entry - nextY[i])]);
}

/** Throws unless a vector is a probability vector up to the rounding of its sum. */
export function requireDistribution(name: string, vector: Float64Array, length: number): void {
  requireFinite(name, vector, length);
  const negative = vector.findIndex((entry) => entry < 0);
  if (negative >= 0) throw new RangeError(`${name}[${negative}]: expected a number >= 0, got ${vector[negative]}`);
  const sum = new CompensatedSum();
  for (const entry of vector) sum.add(entry);
  if (!(Math.abs(sum.value - 1) <= 2 * (length + 1) * Number.EPSILON)) {
    throw new RangeError(`${name}: expected entries of sum 1, got ${sum.value}`);
  }
}
