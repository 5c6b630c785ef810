import { InvalidInputError } from '@lemmata/core';
import type { SparseMatrix } from '@lemmata/linalg';
import type { ChosenBlock } from '../block-cache.js';
import { ForestSolver } from '../graph/forest-solver.js';
import type { Slices } from '../oracle.js';
import { blockVectors, readBlock, type Update, type UpdateContext } from './update.js';

/**
 * The matrix update of a quadratic function on blocks whose graph is a forest, in time proportional to their edges:
 * messages pass from the leaves to the roots and back.
 *
 * @param context - what the update works with
 * @param graph - the matrix of the function
 * @returns the update; it throws InvalidInputError `ERR_INCOMPATIBLE` for a block with a cycle
 */
export function messagePassingUpdate({ oracle, blockSize }: UpdateContext, graph: SparseMatrix): Update {
  const solver = new ForestSolver(graph);
  const vectors = blockVectors(blockSize);
  // biome-ignore lint/correctness/useYield: a pass over the block's edges takes no longer than reading it
  return function* ({ block, index }: ChosenBlock): Slices {
    readBlock(oracle, block, vectors);
    const { g, from, target } = vectors;
    for (let k = 0; k < block.length; k++) target[k] = -g[k];
    const cycle = solver.solve(block, target);
    if (cycle >= 0) {
      const argument = `options.partition[${index}]`;
      const expected = "a block without cycles for the update 'message-passing'";
      throw new InvalidInputError(`${argument}: expected ${expected}, got one through ${cycle}`, 'ERR_INCOMPATIBLE', {
        argument,
        expected,
        actual: cycle,
      });
    }
    for (let k = 0; k < block.length; k++) target[k] += from[k];
    oracle.direct(block, target);
    oracle.move(1);
  };
}
