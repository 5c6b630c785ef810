import { InvalidInputError } from '@lemmata/core';
import type { SparseMatrix } from '@lemmata/linalg';
import type { ChosenBlock } from '../block-cache.js';
import { ForestSolver } from '../graph/forest-solver.js';
import type { Slices } from '../oracle.js';
import { lineSearch } from './line-search.js';
import { blockVectors, readBlock, type Update, type UpdateContext } from './update.js';

/**
 * The matrix update of a quadratic function on blocks whose graph is a forest, in time proportional to their edges:
 * messages pass from the leaves to the roots and back. Of other functions on graphs it is the Newton update, with Armijo's
 * rule along the step, or along that of the bound where the Hessian is singular.
 *
 * @param context - what the update works with
 * @param graph - the matrix of the function
 * @returns the update; it throws InvalidInputError `ERR_INCOMPATIBLE` for a block with a cycle
 */
export function messagePassingUpdate(context: UpdateContext, graph: SparseMatrix): Update {
  const { oracle, separable, blockSize } = context;
  const bound = new ForestSolver(graph);
  const newton = oracle.hessianGraph === undefined ? undefined : new ForestSolver(oracle.hessianGraph);
  const vectors = blockVectors(blockSize);
  const { g, from, target } = vectors;

  /** Puts the target at the end of the step; returns whether that is a point. */
  function aim(solver: ForestSolver, { block, index }: ChosenBlock): boolean {
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
    let finite = true;
    for (let k = 0; k < block.length; k++) {
      target[k] += from[k];
      if (!Number.isFinite(target[k])) finite = false;
    }
    return finite;
  }

  // biome-ignore lint/correctness/useYield: a pass over the block's edges takes no longer than reading it
  return function* (chosen: ChosenBlock): Slices {
    const { block } = chosen;
    readBlock(oracle, block, vectors);
    if (newton === undefined) {
      aim(bound, chosen);
      oracle.direct(block, target);
      oracle.move(1);
      return;
    }
    oracle.curve?.(block);
    for (const solver of [newton, bound]) {
      if (!aim(solver, chosen)) continue;
      if (lineSearch(oracle, separable, block, vectors, separable.predictedChange(block, vectors))) return;
    }
  };
}
