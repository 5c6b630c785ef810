import { BlockMatrix } from './block-matrix.js';
import type { BlockOracle, Slices } from './oracle.js';

/** A block to be updated. */
export interface ChosenBlock {
  /** Its variables, rising. */
  readonly block: Int32Array;
  /** Its place among fixed blocks; -1 when blocks are chosen anew every time. */
  readonly index: number;
}

/** What is known of a block. */
interface Known {
  bound: Float64Array;
  factor: Float64Array | undefined;
  lipschitz: number;
}

/** Bounds of the Hessian on blocks, with their factors and largest eigenvalues: computed once for fixed blocks. */
export class BlockCache {
  /** Solves with blocks. */
  readonly solver: BlockMatrix;
  readonly #size: number;
  readonly #oracle: BlockOracle;
  readonly #fixed = new Map<number, Known>();
  #scratch: Known | undefined;
  #scratchBlock: Int32Array | undefined;

  /**
   * @param oracle - the function
   * @param size - variables of the largest block
   */
  constructor(oracle: BlockOracle, size: number) {
    this.#oracle = oracle;
    this.solver = new BlockMatrix(size);
    this.#size = size;
  }

  /** H_b, row by row. */
  *bound(chosen: ChosenBlock): Slices<Float64Array> {
    return (yield* this.#known(chosen)).bound;
  }

  /** The factor of H_b. */
  *factor(chosen: ChosenBlock): Slices<Float64Array> {
    const known = yield* this.#known(chosen);
    known.factor ??= this.solver.factorize(chosen.block.length, known.bound);
    return known.factor;
  }

  /** L_b, a bound of the largest eigenvalue of H_b; the sum of L_i where H_b is not to be had. */
  *lipschitz(chosen: ChosenBlock): Slices<number> {
    const { lipschitz, bounded } = this.#oracle;
    const { block } = chosen;
    if (block.length === 1) return lipschitz[block[0]];
    if (!bounded) return block.reduce((sum, i) => sum + lipschitz[i], 0);
    const known = yield* this.#known(chosen);
    if (known.lipschitz === 0) known.lipschitz = this.solver.largestEigenvalue(block.length, known.bound);
    return known.lipschitz;
  }

  /** Releases the memory. */
  dispose(): void {
    this.solver.dispose();
  }

  *#known({ block, index }: ChosenBlock): Slices<Known> {
    const known = this.#fixed.get(index);
    if (known !== undefined) return known;
    const size = block.length;
    if (index < 0) {
      this.#scratch ??= { bound: new Float64Array(this.#size * this.#size), factor: undefined, lipschitz: 0 };
      const scratch = this.#scratch;
      if (this.#scratchBlock === block) return scratch;
      this.#scratchBlock = block;
      scratch.factor = undefined;
      yield* this.#oracle.bound(block, scratch.bound);
      scratch.lipschitz = 0;
      return scratch;
    }
    const fresh: Known = { bound: new Float64Array(size * size), factor: undefined, lipschitz: 0 };
    yield* this.#oracle.bound(block, fresh.bound);
    this.#fixed.set(index, fresh);
    return fresh;
  }
}
