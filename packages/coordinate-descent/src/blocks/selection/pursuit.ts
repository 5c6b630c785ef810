import type { BlockMatrix } from '../block-matrix.js';
import type { BlockOracle, Slices } from '../oracle.js';
import { TopScores } from './top.js';

/** Candidates for each variable to be chosen. */
const CANDIDATES = 4;

/**
 * Chooses variables for the matrix update by forward greed, an approximation of argmax over |b| = count of
 * g_b' H_b^-1 g_b: the next variable is the one with the largest (g + H d)_i^2 / H_ii, d being the exact step on those
 * chosen before. Only the best variables by GSD are candidates.
 *
 * @param oracle - the function, its gradient up to date
 * @param solver - solves with blocks
 * @param scores - g_i^2 / D_i, length n
 * @param count - variables to choose, <= n
 * @returns the block, rising
 */
export function* pursuit(
  oracle: BlockOracle,
  solver: BlockMatrix,
  scores: Float64Array,
  count: number,
): Slices<Int32Array> {
  const { dimension: n, gradient, lipschitz } = oracle;
  const candidates = new TopScores(n).select(scores, Math.min(n, CANDIDATES * count));
  const size = candidates.length;
  const rows: Float64Array[] = [];
  const places: number[] = [];
  const rest = Float64Array.from(candidates, (i) => gradient[i]);
  const taken = new Uint8Array(size);
  const row = new Float64Array(n);
  while (places.length < count) {
    let best = -1;
    let most = -Infinity;
    for (let c = 0; c < size; c++) {
      const score = (rest[c] * rest[c]) / lipschitz[candidates[c]];
      if (taken[c] === 1 || score <= most) continue;
      best = c;
      most = score;
    }
    taken[best] = 1;
    places.push(best);
    yield* oracle.boundRow(candidates[best], candidates, row);
    rows.push(Float64Array.from(candidates, (j) => row[j]));
    if (places.length === count) break;
    const d = exactStep(solver, rows, places, candidates, gradient);
    for (let c = 0; c < size; c++) {
      let sum = gradient[candidates[c]];
      for (let k = 0; k < d.length; k++) sum += rows[k][c] * d[k];
      rest[c] = sum;
    }
  }
  return Int32Array.from(places, (c) => candidates[c]).sort();
}

/** -H_SS^-1 g_S for the variables chosen so far. */
function exactStep(
  solver: BlockMatrix,
  rows: readonly Float64Array[],
  places: readonly number[],
  candidates: Int32Array,
  gradient: Float64Array,
): Float64Array {
  const size = places.length;
  const h = new Float64Array(size * size);
  for (let a = 0; a < size; a++) for (let c = 0; c < size; c++) h[a * size + c] = rows[a][places[c]];
  const d = Float64Array.from(places, (c) => -gradient[candidates[c]]);
  solver.solve(size, solver.factorize(size, h), d);
  return d;
}
