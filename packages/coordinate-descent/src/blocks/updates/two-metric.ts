import type { ChosenBlock } from '../block-cache.js';
import type { Slices } from '../oracle.js';
import type { Separable } from '../separable.js';
import { blockVectors, readBlock, roundingOf, type Update, type UpdateContext } from './update.js';

/** Share of the predicted decrease that a step has to bring. */
const SUFFICIENT = 1e-4;

/** Halvings before a proximal gradient step is taken instead. */
const MOST_HALVINGS = 30;

/** Largest distance from a bound at which a variable counts as lying on it. */
const NEAR = 1e-3;

/**
 * The two-metric projection: a Newton step on the variables that are free to move, a gradient step on those that their
 * gradient holds at a bound, both projected: onto the bounds, and with an L1 penalty onto the orthant of the current signs.
 *
 * A variable at zero moves when its gradient exceeds the penalty, and away from it. Steps are halved along the projected
 * arc until F falls by a share of what the slope promises; if none does, a proximal gradient step is taken.
 */
export function twoMetricUpdate({ oracle, separable, cache, blockSize }: UpdateContext): Update {
  const vectors = blockVectors(blockSize);
  const hessian = new Float64Array(blockSize * blockSize);
  const free = new Int32Array(blockSize);
  const signs = new Float64Array(blockSize);
  const slopes = new Float64Array(blockSize);
  const d = new Float64Array(blockSize);

  return function* (chosen: ChosenBlock): Slices {
    const { block } = chosen;
    readBlock(oracle, block, vectors);
    const { from, target } = vectors;
    const moves = split(block);
    if (moves === 0) return;
    yield* direction(chosen);
    const start = oracle.value;
    for (let halving = 0, step = 1; halving < MOST_HALVINGS; halving++, step /= 2) {
      let promised = 0;
      for (let k = 0; k < block.length; k++) {
        target[k] = project(separable, block[k], from[k] + step * d[k], signs[k]);
        promised += slopes[k] * (target[k] - from[k]);
      }
      if (!(promised < 0)) break;
      oracle.direct(block, target);
      const rise = oracle.valueAt(1) + separable.changeAlong(block, vectors, 1) - start;
      if (!(rise <= SUFFICIENT * promised + roundingOf(start))) continue;
      oracle.move(1);
      return;
    }
    const lipschitz = yield* cache.lipschitz(chosen);
    separable.proxStep(block, vectors, () => lipschitz);
    oracle.direct(block, target);
    oracle.move(1);
  };

  /** Signs, slopes and who is free; returns how many may move at all. */
  function split(block: Int32Array): number {
    const { g, from } = vectors;
    let square = 0;
    for (let k = 0; k < block.length; k++) {
      const d = separable.clamp(block[k], from[k] - g[k]) - from[k];
      square += d * d;
    }
    const near = Math.min(NEAR, Math.sqrt(square));
    let moving = 0;
    for (let k = 0; k < block.length; k++) {
      const i = block[k];
      const t = separable.l1[i];
      const x = from[k];
      const slope = separable.slope(i, x, g[k]);
      signs[k] = t === 0 ? 0 : x !== 0 ? Math.sign(x) : -Math.sign(g[k]);
      slopes[k] = x === 0 && t > 0 ? slope : g[k] + t * signs[k];
      const held =
        (x - separable.lower[i] <= near && slopes[k] > 0) || (separable.upper[i] - x <= near && slopes[k] < 0);
      // Free: not held, and at a kink at zero only where the gradient exceeds the penalty.
      free[k] = held || (x === 0 && t > 0 && slope === 0) ? 0 : 1;
      if (slope !== 0) moving++;
      else if (held || free[k] === 0) slopes[k] = 0;
    }
    return moving;
  }

  /** -H^-1 slopes on the free variables, -slope / L_i on the others. */
  function* direction({ block, index }: ChosenBlock): Slices {
    const size = block.length;
    const places: number[] = [];
    for (let k = 0; k < size; k++) {
      d[k] = -slopes[k] / oracle.lipschitz[block[k]];
      if (free[k] === 1) places.push(k);
    }
    if (places.length === 0) return;
    let h: Float64Array = hessian;
    if (oracle.curved && !oracle.isQuadratic) yield* oracle.hessian(block, hessian);
    else h = yield* cache.bound({ block, index });
    const count = places.length;
    const part = new Float64Array(count * count);
    for (let a = 0; a < count; a++) {
      for (let c = 0; c < count; c++) part[a * count + c] = h[places[a] * size + places[c]];
    }
    const step = Float64Array.from(places, (k) => -slopes[k]);
    cache.solver.solve(count, cache.solver.factorize(count, part), step);
    for (let a = 0; a < count; a++) d[places[a]] = step[a];
  }
}

/** The nearest value within the bounds, and 0 instead of one on the other side of zero. */
function project(separable: Separable, i: number, v: number, sign: number): number {
  return separable.clamp(i, sign !== 0 && v * sign < 0 ? 0 : v);
}
