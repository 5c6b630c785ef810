import type { BlockMatrix } from '../block-matrix.js';
import type { BlockOracle, Slices } from '../oracle.js';
import { GrowingFactor } from './growing-factor.js';
import { TopScores } from './top.js';

/** Candidates for each variable to be chosen. */
const CANDIDATES = 4;

/**
 * Chooses variables for the matrix update by forward greed, an approximation of argmax over |b| = count of
 * g_b' H_b^-1 g_b: the next variable is the one with the largest (g + H d)_i^2 / H_ii, d being the exact step on those
 * chosen before. Only the best variables by GSD are candidates. The factor of H_b grows by a row for each variable.
 *
 * @param oracle - the function, its gradient up to date
 * @param solver - solves with blocks that are not positive definite to working precision
 * @param scores - g_i^2 / D_i, length n; -Infinity for variables that are no candidates
 * @param count - variables to choose
 * @param available - variables that are candidates, count <= available <= n
 * @returns the block, rising
 * Complexity: O(count^2) products of candidates with H and O(count^3) in all.
 */
export function* pursuit(
  oracle: BlockOracle,
  solver: BlockMatrix,
  scores: Float64Array,
  count: number,
  available: number,
): Slices<Int32Array> {
  const { dimension: n, gradient, lipschitz } = oracle;
  const candidates = new TopScores(n).select(scores, Math.min(available, CANDIDATES * count));
  const size = candidates.length;
  const rows: Float64Array[] = [];
  const places: number[] = [];
  const rest = Float64Array.from(candidates, (i) => gradient[i]);
  const taken = new Uint8Array(size);
  const row = new Float64Array(n);
  const factor = new GrowingFactor(count);
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
    if (places.length === count) break;
    yield* oracle.boundRow(candidates[best], candidates, row);
    rows.push(Float64Array.from(candidates, (j) => row[j]));
    const last = rows[rows.length - 1];
    factor.extend(
      places.map((c) => last[c]),
      -gradient[candidates[best]],
    );
    const d = factor.positive ? factor.solution() : shiftedStep(solver, rows, places, candidates, gradient);
    for (let c = 0; c < size; c++) {
      let sum = gradient[candidates[c]];
      for (let k = 0; k < d.length; k++) sum += rows[k][c] * d[k];
      rest[c] = sum;
    }
  }
  return Int32Array.from(places, (c) => candidates[c]).sort();
}

/** -(H_SS + shift I)^-1 g_S for the variables chosen so far, when H_SS has no factor. */
function shiftedStep(
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
