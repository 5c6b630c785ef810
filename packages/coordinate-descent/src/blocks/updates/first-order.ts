import type { ChosenBlock } from '../block-cache.js';
import type { Slices } from '../oracle.js';
import { blockVectors, readBlock, roundingOf, type Update, type UpdateContext } from './update.js';

/** Doublings of an estimated constant before the block is left as it is. */
const MOST_DOUBLINGS = 60;

/** Share of the largest L_i of a block with which the estimate of its constant begins. */
const FIRST_SHARE = 1 / 64;

/**
 * The gradient update: x_b moves by -g_b / L_b and through the prox, L_b being the largest eigenvalue of H_b. F falls by
 * |g_b|^2 / (2 L_b) at least when there is no separable part.
 */
export function gradientUpdate({ oracle, separable, cache, blockSize }: UpdateContext): Update {
  const vectors = blockVectors(blockSize);
  return function* (chosen: ChosenBlock): Slices {
    const { block } = chosen;
    const lipschitz = yield* cache.lipschitz(chosen);
    readBlock(oracle, block, vectors);
    separable.proxStep(block, vectors, () => lipschitz);
    oracle.direct(block, vectors.target);
    oracle.move(1);
  };
}

/** The diagonal update: x_i moves by -g_i / D_i and through the prox. F falls by sum_b g_i^2 / (2 D_i) at least. */
export function diagonalUpdate({ oracle, separable, majorizer, blockSize }: UpdateContext): Update {
  const vectors = blockVectors(blockSize);
  return function* ({ block }: ChosenBlock): Slices {
    readBlock(oracle, block, vectors);
    separable.proxStep(block, vectors, (k) => majorizer[block[k]]);
    oracle.direct(block, vectors.target);
    oracle.move(1);
  };
}

/**
 * The gradient update with an estimated constant, which doubles until f(x + d) <= f(x) + g_b . d + L |d|^2 / 2: an
 * estimate for each fixed block, or for each variable of variable ones, that never falls.
 */
export function estimatedUpdate({ oracle, separable, blockSize }: UpdateContext): Update {
  const vectors = blockVectors(blockSize);
  const estimates = oracle.lipschitz.map((value) => value * FIRST_SHARE);
  const ofBlocks = new Map<number, number>();
  return function* ({ block, index }: ChosenBlock): Slices {
    readBlock(oracle, block, vectors);
    const { g, from, target } = vectors;
    let lipschitz = ofBlocks.get(index) ?? block.reduce((most, i) => Math.max(most, estimates[i]), 0);
    for (let doubling = 0; doubling < MOST_DOUBLINGS; doubling++, lipschitz *= 2) {
      separable.proxStep(block, vectors, () => lipschitz);
      let model = oracle.value + roundingOf(oracle.value);
      for (let k = 0; k < block.length; k++) {
        const d = target[k] - from[k];
        model += g[k] * d + (lipschitz / 2) * d * d;
      }
      oracle.direct(block, target);
      if (!(oracle.valueAt(1) <= model)) continue;
      oracle.move(1);
      break;
    }
    if (index >= 0) ofBlocks.set(index, lipschitz);
    else for (const i of block) estimates[i] = lipschitz;
  };
}
