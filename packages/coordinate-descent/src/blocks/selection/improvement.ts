import type { ChosenBlock } from '../block-cache.js';
import type { Slices } from '../oracle.js';
import { exactUpdate, minimizeModel } from '../updates/second-order.js';
import { blockVectors, readBlock, roundingOf, type UpdateContext } from '../updates/update.js';

/** How far F falls when a block goes to its minimum, the other variables at rest. */
export interface Improvements {
  /**
   * Computes the falls of some blocks.
   *
   * @param blocks - the blocks
   * @returns one number >= 0 a block, or undefined when none of them is more than rounding of F; x is where it was
   */
  of(blocks: readonly ChosenBlock[]): Slices<Float64Array | undefined>;
}

/**
 * Makes the rule MI's measure. For quadratic functions the model is F: its minimum is found by a solve or, with a penalty or
 * bounds, by descent on the block. For others every block is minimised by Newton steps in place and put back, after which
 * all that moves along is computed afresh.
 *
 * @param context - the function and what updates need
 * @returns the measure
 */
export function improvements(context: UpdateContext): Improvements {
  return context.oracle.isQuadratic ? ofQuadratic(context) : ofOthers(context);
}

function ofQuadratic({ oracle, separable, cache, blockSize }: UpdateContext): Improvements {
  const vectors = blockVectors(blockSize);
  const { g, from, target } = vectors;

  function* fall(chosen: ChosenBlock): Slices<number> {
    const { block } = chosen;
    const size = block.length;
    readBlock(oracle, block, vectors);
    const h = size === 1 ? Float64Array.of(oracle.lipschitz[block[0]]) : yield* cache.bound(chosen);
    if (separable.isZero) {
      if (size === 1) return (g[0] * g[0]) / (2 * h[0]);
      const step = g.slice(0, size);
      cache.solver.solve(size, yield* cache.factor(chosen), step);
      return step.reduce((sum, value, k) => sum + (value * g[k]) / 2, 0);
    }
    minimizeModel(h, block, separable, vectors);
    let square = 0;
    for (let a = 0; a < size; a++) {
      for (let c = 0; c < size; c++) square += (target[a] - from[a]) * h[a * size + c] * (target[c] - from[c]);
    }
    return Math.max(0, -separable.predictedChange(block, vectors) - square / 2);
  }

  return {
    *of(blocks) {
      const falls = new Float64Array(blocks.length);
      for (let k = 0; k < blocks.length; k++) falls[k] = yield* fall(blocks[k]);
      return falls;
    },
  };
}

function ofOthers(context: UpdateContext): Improvements {
  const { oracle, separable } = context;
  const exact = exactUpdate(context);
  return {
    *of(blocks) {
      const falls = new Float64Array(blocks.length);
      let most = 0;
      for (let k = 0; k < blocks.length; k++) {
        const { block } = blocks[k];
        const before = Float64Array.from(block, (i) => oracle.x[i]);
        const start = oracle.value;
        yield* exact(blocks[k]);
        const after = Float64Array.from(block, (i) => oracle.x[i]);
        falls[k] = Math.max(0, start - oracle.value - separable.blockChange(block, before, after));
        most = Math.max(most, falls[k]);
        oracle.direct(block, before);
        oracle.move(1);
      }
      yield* oracle.reset();
      yield* oracle.refresh();
      return most > roundingOf(oracle.value) ? falls : undefined;
    },
  };
}
