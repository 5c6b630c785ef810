import type { SparseMatrix } from '@lemmata/linalg';
import { SliceMeter } from '../slices.js';
import type { PairwiseModel } from './functions/pairwise-model.js';
import { quadraticBlock, quadraticProduct, quadraticRow } from './functions/quadratic.js';
import { type BlockCounts, type BlockOracle, noCounts, positiveConstants, type Slices } from './oracle.js';

/** The oracle of sum_i f_i(x_i) + sum of f_ij(x_i, x_j): the gradient is always up to date. */
export class PairwiseOracle implements BlockOracle {
  readonly dimension: number;
  readonly lipschitz: Float64Array;
  readonly thirdOrder = undefined;
  readonly isQuadratic = false;
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  readonly counts: BlockCounts = noCounts();
  readonly bounded = true;
  readonly curved = true;
  value = 0;
  readonly graph: SparseMatrix;
  readonly hessianGraph: SparseMatrix;
  readonly #model: PairwiseModel;
  readonly #meter = new SliceMeter();
  #block: Int32Array = new Int32Array(0);
  #target: Float64Array = new Float64Array(0);
  readonly #from: Float64Array;
  /** Room for what concerns the two ends of an edge. */
  readonly #pair: Float64Array = new Float64Array(2);
  /** Where the diagonal stands among the entries of the graph. */
  readonly #diagonal: Int32Array;
  /** Place of each variable in the block of the line, or -1. */
  readonly #place: Int32Array;

  /** @param model - the terms */
  constructor(model: PairwiseModel) {
    this.#model = model;
    const n = model.bound.rows;
    this.dimension = n;
    this.x = new Float64Array(n);
    this.gradient = new Float64Array(n);
    this.#from = new Float64Array(n);
    this.#place = new Int32Array(n).fill(-1);
    this.graph = model.bound;
    this.hessianGraph = { ...this.graph, data: this.graph.data.slice() };
    const diagonal = new Float64Array(n);
    this.#diagonal = Int32Array.from(diagonal, (_, i) => this.graph.indices.indexOf(i, this.graph.indptr[i]));
    for (let i = 0; i < n; i++) diagonal[i] = this.graph.data[this.#diagonal[i]];
    this.lipschitz = positiveConstants(diagonal);
  }

  *reset(): Slices {
    const model = this.#model;
    const { indptr, indices } = model;
    this.gradient.fill(0);
    let value = 0;
    for (let i = 0; i < this.dimension; i++) {
      const x = this.x[i];
      value += model.nodeValue(i, x);
      let slope = model.nodeSlope(i, x);
      for (let k = indptr[i]; k < indptr[i + 1]; k++) {
        const y = this.x[indices[k]];
        if (indices[k] > i) value += model.pairValue(k, x, y);
        slope += model.pairSlope(k, x, y);
      }
      this.gradient[i] = slope;
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

  *hessian(block: Int32Array, out: Float64Array): Slices {
    this.curve(block);
    quadraticBlock(this.hessianGraph, block, out);
    if (this.#meter.full(block.length * block.length)) yield 'slice';
  }

  curve(block: ArrayLike<number>): void {
    const model = this.#model;
    const { indptr, indices } = model;
    const rows = this.hessianGraph;
    const second = this.#pair;
    for (let b = 0; b < block.length; b++) {
      const i = block[b];
      let sum = model.nodeSecond(i, this.x[i]);
      let at = rows.indptr[i];
      for (let k = indptr[i]; k < indptr[i + 1]; k++) {
        if (at === this.#diagonal[i]) at++;
        model.pairCurvature(k, this.x[i], this.x[indices[k]], second);
        rows.data[at++] = second[1];
        sum += second[0];
      }
      rows.data[this.#diagonal[i]] = sum;
    }
    this.counts.columnTouches += block.length;
  }

  *curvatures(out: Float64Array): Slices {
    this.curve(Int32Array.from(out, (_, i) => i));
    for (let i = 0; i < out.length; i++) out[i] = this.hessianGraph.data[this.#diagonal[i]];
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
    for (const i of this.#block) this.#place[i] = -1;
    this.#block = block;
    this.#target = target;
    for (let k = 0; k < block.length; k++) {
      this.#from[k] = this.x[block[k]];
      this.#place[block[k]] = k;
    }
    this.counts.columnTouches += block.length;
  }

  valueAt(step: number): number {
    this.counts.functionEvaluations++;
    return this.value + this.#changeAt(step, false);
  }

  move(step: number): void {
    this.value += this.#changeAt(step, true);
    for (let k = 0; k < this.#block.length; k++) this.x[this.#block[k]] = this.#at(k, step);
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

  /** Where a variable of the line's block is after a step. */
  #at(k: number, step: number): number {
    return step === 1 ? this.#target[k] : this.#from[k] + step * (this.#target[k] - this.#from[k]);
  }

  /** The change of f by a step; the gradient moves along if asked. */
  #changeAt(step: number, moves: boolean): number {
    const model = this.#model;
    const { indptr, indices } = model;
    const slopes = this.#pair;
    let change = 0;
    for (let k = 0; k < this.#block.length; k++) {
      const i = this.#block[k];
      const from = this.#from[k];
      const to = this.#at(k, step);
      change += model.nodeChange(i, from, to);
      if (moves) this.gradient[i] += model.nodeSlope(i, to) - model.nodeSlope(i, from);
      for (let e = indptr[i]; e < indptr[i + 1]; e++) {
        const j = indices[e];
        const place = this.#place[j];
        // An edge inside the block counts once.
        if (place >= 0 && j < i) continue;
        const next = place >= 0 ? this.#at(place, step) : this.x[j];
        if (from === to && next === this.x[j]) continue;
        change += model.pairChange(e, from, this.x[j], to, next, slopes);
        if (!moves) continue;
        this.gradient[i] += slopes[0];
        this.gradient[j] += slopes[1];
      }
    }
    return change;
  }
}
