import type { SparseMatrix } from '@lemmata/linalg';
import { SliceMeter } from '../slices.js';
import { quadraticBlock, quadraticProduct, quadraticRow } from './functions/quadratic.js';
import { type BlockCounts, type BlockOracle, noCounts, type Slices } from './oracle.js';

/** The oracle of f(x) = x' H x / 2 - b . x: the gradient H x - b is always up to date. */
export class QuadraticOracle implements BlockOracle {
  readonly dimension: number;
  readonly lipschitz: Float64Array;
  readonly thirdOrder: Float64Array;
  readonly isQuadratic = true;
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  readonly counts: BlockCounts = noCounts();
  readonly bounded = true;
  readonly curved = true;
  value = 0;
  readonly graph: SparseMatrix;
  readonly #linear: Float64Array;
  readonly #meter = new SliceMeter();
  #block: Int32Array = new Int32Array(0);
  #target: Float64Array = new Float64Array(0);
  readonly #from: Float64Array;
  /** Place of each variable in the block of the line, or -1. */
  readonly #place: Int32Array;
  /** gradient . d and d' H d of the line. */
  #slope = 0;
  #curvature = 0;

  /**
   * @param matrix - H in CSR, symmetric
   * @param linear - b
   * @param diagonal - the diagonal of H
   */
  constructor(matrix: SparseMatrix, linear: Float64Array, diagonal: Float64Array) {
    this.graph = matrix;
    this.#linear = linear;
    this.dimension = matrix.rows;
    this.lipschitz = diagonal.slice();
    this.thirdOrder = new Float64Array(matrix.rows);
    this.x = new Float64Array(matrix.rows);
    this.gradient = new Float64Array(matrix.rows);
    this.#from = new Float64Array(matrix.rows);
    this.#place = new Int32Array(matrix.rows).fill(-1);
  }

  *reset(): Slices {
    const { indptr, indices, data } = this.graph;
    let value = 0;
    for (let i = 0; i < this.dimension; i++) {
      let product = 0;
      for (let k = indptr[i]; k < indptr[i + 1]; k++) product += data[k] * this.x[indices[k]];
      this.gradient[i] = product - this.#linear[i];
      value += this.x[i] * (product / 2 - this.#linear[i]);
      if (this.#meter.full(indptr[i + 1] - indptr[i])) yield 'slice';
    }
    this.value = value;
    this.counts.columnTouches += this.dimension;
    this.counts.gradientEvaluations++;
    this.counts.functionEvaluations++;
  }

  *refresh(): Slices {}

  blockGradient(block: Int32Array, out: Float64Array): void {
    for (let k = 0; k < block.length; k++) out[k] = this.gradient[block[k]];
  }

  *bound(block: Int32Array, out: Float64Array): Slices {
    quadraticBlock(this.graph, block, out);
    this.counts.columnTouches += block.length;
    if (this.#meter.full(block.length * block.length)) yield 'slice';
  }

  hessian(block: Int32Array, out: Float64Array): Slices {
    return this.bound(block, out);
  }

  // biome-ignore lint/correctness/useYield: a copy takes no time
  *curvatures(out: Float64Array): Slices {
    out.set(this.lipschitz);
  }

  *boundRow(i: number, ids: Int32Array, out: Float64Array): Slices {
    quadraticRow(this.graph, i, ids, out);
    this.counts.columnTouches++;
    if (this.#meter.full(ids.length + this.graph.indptr[i + 1] - this.graph.indptr[i])) yield 'slice';
  }

  *boundProduct(block: Int32Array, d: Float64Array, out: Float64Array): Slices {
    yield* quadraticProduct(this.graph, block, d, out, this.#meter);
    this.counts.columnTouches += block.length;
  }

  *prepare(): Slices {}

  direct(block: Int32Array, target: Float64Array): void {
    const { indptr, indices, data } = this.graph;
    for (const j of this.#block) this.#place[j] = -1;
    this.#block = block;
    this.#target = target;
    for (let k = 0; k < block.length; k++) {
      this.#from[k] = this.x[block[k]];
      this.#place[block[k]] = k;
    }
    let slope = 0;
    let curvature = 0;
    for (let k = 0; k < block.length; k++) {
      const i = block[k];
      const d = target[k] - this.#from[k];
      if (d === 0) continue;
      let product = 0;
      for (let e = indptr[i]; e < indptr[i + 1]; e++) {
        const c = this.#place[indices[e]];
        if (c >= 0) product += data[e] * (target[c] - this.#from[c]);
      }
      slope += this.gradient[i] * d;
      curvature += d * product;
    }
    this.#slope = slope;
    this.#curvature = curvature;
    this.counts.columnTouches += block.length;
  }

  valueAt(step: number): number {
    this.counts.functionEvaluations++;
    return this.value + step * (this.#slope + (step * this.#curvature) / 2);
  }

  move(step: number): void {
    const { indptr, indices, data } = this.graph;
    this.value += step * (this.#slope + (step * this.#curvature) / 2);
    for (let k = 0; k < this.#block.length; k++) {
      const i = this.#block[k];
      const from = this.#from[k];
      const d = step * (this.#target[k] - from);
      if (d === 0) continue;
      this.x[i] = step === 1 ? this.#target[k] : from + d;
      for (let e = indptr[i]; e < indptr[i + 1]; e++) this.gradient[indices[e]] += d * data[e];
    }
  }

  closes(): boolean {
    return false;
  }

  lowerBound(): number {
    return -Infinity;
  }

  dispose(): void {
    // Nothing is held but memory of the heap.
  }
}
