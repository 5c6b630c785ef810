import type { ChosenBlock } from '../block-cache.js';
import type { Slices } from '../oracle.js';
import { blockVectors, readBlock, roundingOf, type Update, type UpdateContext } from './update.js';

/** Halvings of the bracket of |d|. */
const BISECTIONS = 60;

/** Doublings of M before the block is left as it is. */
const MOST_DOUBLINGS = 60;

/**
 * The cubic-regularised Newton update for problems without a separable part: d minimises
 * g . d + d' H d / 2 + M / 6 |d|^3 with the Hessian at x. M starts at 1, doubles until f falls as much as the model says
 * and is halved after each success.
 *
 * The minimiser is (H + s I) d = -g with s = M |d| / 2: |d| falls as s rises, so s is found by halving a bracket.
 */
export function cubicUpdate({ oracle, cache, blockSize }: UpdateContext): Update {
  const vectors = blockVectors(blockSize);
  const hessian = new Float64Array(blockSize * blockSize);
  const shifted = new Float64Array(blockSize * blockSize);
  const d = new Float64Array(blockSize);
  let third = 1;

  const step = (size: number, s: number): number => {
    shifted.set(hessian);
    for (let a = 0; a < size; a++) shifted[a * size + a] += s;
    for (let a = 0; a < size; a++) d[a] = -vectors.g[a];
    cache.solver.solve(size, cache.solver.factorize(size, shifted), d);
    let square = 0;
    for (let a = 0; a < size; a++) square += d[a] * d[a];
    return Math.sqrt(square);
  };

  return function* ({ block }: ChosenBlock): Slices {
    readBlock(oracle, block, vectors);
    const { g, from, target } = vectors;
    const size = block.length;
    let square = 0;
    for (let a = 0; a < size; a++) square += g[a] * g[a];
    if (square === 0) return;
    yield* oracle.hessian(block, hessian);
    for (let doubling = 0; doubling < MOST_DOUBLINGS; doubling++, third *= 2) {
      // |d| <= |g| / s, so that s = M |d| / 2 is at most sqrt(M |g| / 2).
      let low = 0;
      let high = Math.sqrt((third * Math.sqrt(square)) / 2);
      for (let cut = 0; cut < BISECTIONS; cut++) {
        const s = (low + high) / 2;
        if ((third * step(size, s)) / 2 > s) low = s;
        else high = s;
      }
      const length = step(size, high);
      let model = (third / 6) * length * length * length;
      for (let a = 0; a < size; a++) {
        let product = 0;
        for (let c = 0; c < size; c++) product += hessian[a * size + c] * d[c];
        model += d[a] * (g[a] + product / 2);
        target[a] = from[a] + d[a];
      }
      oracle.direct(block, target);
      if (!(oracle.valueAt(1) <= oracle.value + model + roundingOf(oracle.value))) continue;
      oracle.move(1);
      third /= 2;
      return;
    }
  };
}
