// A matrix game as a linear program, for solvers of these, and the way back.
import { type GameInstance, type GameSolution, nearestDistribution } from './game-certificate.js';
import type { ProgramInstance, ProgramSolution } from './kkt-errors.js';

/** Minimise v over A x - v <= 0, sum x = 1, x >= 0: columns are x and then v, the last row is the sum. */
export function gameProgram({ A }: GameInstance): ProgramInstance {
  const { rows: m, cols: n } = A;
  const indptr: number[] = [0];
  const indices: number[] = [];
  const data: number[] = [];
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j < n; j++) {
      const entry = i < m ? A.data[i * n + j] : 1;
      if (entry === 0) continue;
      indices.push(j);
      data.push(entry);
    }
    if (i < m) {
      indices.push(n);
      data.push(-1);
    }
    indptr.push(indices.length);
  }
  const last = (length: number, others: number, value: number): Float64Array =>
    new Float64Array(length).fill(others).fill(value, length - 1);
  return {
    A: {
      layout: 'csr',
      rows: m + 1,
      cols: n + 1,
      indptr: Int32Array.from(indptr),
      indices: Int32Array.from(indices),
      data: Float64Array.from(data),
    },
    c: last(n + 1, 0, 1),
    rowLower: last(m + 1, -Infinity, 1),
    rowUpper: last(m + 1, 0, 1),
    colLower: last(n + 1, 0, -Infinity),
    colUpper: new Float64Array(n + 1).fill(Infinity),
  };
}

/** Strategies from a pair of points of that program: nearest to x and to the prices -y of the rows of A. */
export function strategiesOf({ x, y }: ProgramSolution): GameSolution {
  return {
    x: nearestDistribution(x.subarray(0, x.length - 1)),
    y: nearestDistribution(y.subarray(0, y.length - 1).map((price) => -price)),
  };
}
