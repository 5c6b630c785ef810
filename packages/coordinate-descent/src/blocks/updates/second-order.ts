import type { ChosenBlock } from '../block-cache.js';
import type { BlockMatrix } from '../block-matrix.js';
import { GroupSeparable } from '../group-separable.js';
import type { Slices } from '../oracle.js';
import type { BlockVectors, Separable } from '../separable.js';
import { groupSweep } from './group-sweep.js';
import { lineSearch } from './line-search.js';
import { blockVectors, readBlock, type Update, type UpdateContext } from './update.js';

/** Most passes over a block's own model. */
const MOST_SWEEPS = 500;

/** A pass whose largest step is this share of the first pass's ends the minimisation of a block's model. */
const SETTLED = 1e-14;

/** Most Newton steps of the exact update. */
const MOST_STEPS = 50;

/**
 * Minimises g . d + d' H d / 2 + h(x + d) over d on a block by cyclic descent, h the separable part; writes the target.
 *
 * @param h - H, row by row, symmetric positive semidefinite
 * @param block - the block
 * @param separable - the separable part
 * @param vectors - gradient, x and target
 */
export function minimizeModel(h: Float64Array, block: Int32Array, separable: Separable, vectors: BlockVectors): void {
  const { g, from, target } = vectors;
  const size = block.length;
  const slope = g.slice(0, size);
  const sweep =
    separable instanceof GroupSeparable
      ? groupSweep(h, block, separable, slope, target)
      : () => sweepVariables(h, block, separable, slope, target);
  let first = 0;
  for (let pass = 0; pass < MOST_SWEEPS; pass++) {
    const most = sweep();
    if (pass === 0) first = most;
    if (most <= SETTLED * first) break;
  }
  for (let a = 0; a < size; a++) if (!Number.isFinite(target[a])) target[a] = from[a];
}

/** Moves every variable to its minimiser, the slope along; returns the largest step in the metric of H. */
function sweepVariables(
  h: Float64Array,
  block: Int32Array,
  separable: Separable,
  slope: Float64Array,
  target: Float64Array,
): number {
  const size = block.length;
  let most = 0;
  for (let a = 0; a < size; a++) {
    const scale = h[a * size + a];
    if (!(scale > 0)) continue;
    const next = separable.prox(block[a], target[a] - slope[a] / scale, scale);
    const d = next - target[a];
    if (d === 0) continue;
    target[a] = next;
    for (let c = 0; c < size; c++) slope[c] += d * h[a * size + c];
    most = Math.max(most, Math.abs(d) * Math.sqrt(scale));
  }
  return most;
}

/** The target x - H^-1 g. */
function solveModel(solver: BlockMatrix, factor: Float64Array, size: number, { g, from, target }: BlockVectors): void {
  for (let a = 0; a < size; a++) target[a] = -g[a];
  solver.solve(size, factor, target);
  for (let a = 0; a < size; a++) target[a] += from[a];
}

/**
 * The matrix update: x_b goes to the minimiser of the model with H_b, separable part included (then a proximal Newton
 * step). F falls by g_b' H_b^-1 g_b / 2 at least when there is no separable part.
 */
export function matrixUpdate({ oracle, separable, cache, blockSize }: UpdateContext): Update {
  const vectors = blockVectors(blockSize);
  return function* (chosen: ChosenBlock): Slices {
    const { block } = chosen;
    readBlock(oracle, block, vectors);
    if (separable.isZero) solveModel(cache.solver, yield* cache.factor(chosen), block.length, vectors);
    else minimizeModel(yield* cache.bound(chosen), block, separable, vectors);
    oracle.direct(block, vectors.target);
    oracle.move(1);
  };
}

/** The Newton update: the model with the Hessian at x, then Armijo's rule along the way to its minimiser. */
export function newtonUpdate({ oracle, separable, cache, blockSize }: UpdateContext): Update {
  const vectors = blockVectors(blockSize);
  const hessian = new Float64Array(blockSize * blockSize);
  return function* ({ block }: ChosenBlock): Slices {
    yield* newtonStep(block);
  };

  function* newtonStep(block: Int32Array): Slices<boolean> {
    readBlock(oracle, block, vectors);
    yield* oracle.hessian(block, hessian);
    const size = block.length;
    if (separable.isZero) solveModel(cache.solver, cache.solver.factorize(size, hessian), size, vectors);
    else minimizeModel(hessian, block, separable, vectors);
    return lineSearch(oracle, separable, block, vectors, separable.predictedChange(block, vectors));
  }
}

/** The exact update: Newton steps until the block is at its minimum to rounding; one matrix update for quadratics. */
export function exactUpdate(context: UpdateContext): Update {
  const { oracle, separable } = context;
  if (oracle.isQuadratic) return matrixUpdate(context);
  const newton = newtonUpdate(context);
  const g = new Float64Array(context.blockSize);
  return function* (chosen: ChosenBlock): Slices {
    const { block } = chosen;
    for (let step = 0; step < MOST_STEPS; step++) {
      const before = Float64Array.from(block, (i) => oracle.x[i]);
      yield* newton(chosen);
      if (block.every((i, k) => oracle.x[i] === before[k])) return;
      oracle.blockGradient(block, g);
      const limit = 1e-10 * (1 + Math.abs(oracle.value));
      const after = Float64Array.from(block, (i) => oracle.x[i]);
      if (separable.largestSlope(block, after, g) <= limit) return;
    }
  };
}
