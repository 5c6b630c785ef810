import { rowLoss, settleRow } from '../problem/softmax-row.js';
import { SliceMeter } from '../slices.js';
import type { SoftmaxModel } from './functions/softmax.js';
import { type BlockCounts, type BlockOracle, noCounts, positiveConstants, type Slices } from './oracle.js';
import { RidgeTerm } from './ridge-term.js';
import type { Separable } from './separable.js';
import { classForms, classProducts, softmaxDual } from './softmax-rows.js';

/**
 * The oracle of the softmax loss: variable f k + c is the weight of feature f for class c of k.
 *
 * The forms Z = A W and the probabilities move with x; the gradient A' (P - Y) + ridge x is computed when it is asked for.
 * Bounds of blocks are A_f . A_f' (1[c = c'] - 1 / k') / 2 with k' = min(k, classes in the block + 1); those of single rows,
 * which belong to no block, have k' = k.
 */
export class SoftmaxOracle implements BlockOracle {
  readonly dimension: number;
  readonly lipschitz: Float64Array;
  readonly thirdOrder: Float64Array;
  readonly isQuadratic = false;
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  readonly counts: BlockCounts = noCounts();
  readonly bounded = true;
  readonly curved = true;
  value = 0;
  readonly #model: SoftmaxModel;
  readonly #ridge: RidgeTerm;
  readonly #meter = new SliceMeter();
  /** Z, P and the change of Z along the line, m x k row by row; losses of rows. */
  readonly #forms: Float64Array;
  readonly #chances: Float64Array;
  readonly #line: Float64Array;
  /** Room for m x k and for n k numbers. */
  readonly #rows: Float64Array;
  readonly #weights: Float64Array;
  readonly #losses: Float64Array;
  readonly #touched: Int32Array;
  readonly #stamps: Int32Array;
  #stamp = 0;
  #touchedCount = 0;
  #block: Int32Array = new Int32Array(0);
  #target: Float64Array = new Float64Array(0);
  readonly #from: Float64Array;
  #current = false;
  readonly #column: Float64Array;
  readonly #row: Float64Array;

  /** @param model - the model */
  constructor(model: SoftmaxModel) {
    const { columns, classes } = model;
    const { rows, cols } = columns;
    this.#model = model;
    this.#ridge = new RidgeTerm(model.ridge);
    this.dimension = cols * classes;
    this.lipschitz = positiveConstants(model.lipschitz);
    this.thirdOrder = model.thirdOrder;
    this.x = new Float64Array(this.dimension);
    this.gradient = new Float64Array(this.dimension);
    this.#from = new Float64Array(this.dimension);
    this.#forms = new Float64Array(rows * classes);
    this.#chances = new Float64Array(rows * classes);
    this.#line = new Float64Array(rows * classes);
    this.#rows = new Float64Array(rows * classes);
    this.#weights = new Float64Array(this.dimension);
    this.#losses = new Float64Array(rows);
    this.#touched = new Int32Array(rows);
    this.#stamps = new Int32Array(rows);
    this.#column = new Float64Array(rows);
    this.#row = new Float64Array(classes);
  }

  *reset(): Slices {
    yield* this.#products(this.x, this.#forms);
    this.value = 0;
    for (let r = 0; r < this.#losses.length; r++) {
      this.#losses[r] = this.#settle(r);
      this.value += this.#losses[r];
    }
    this.value += this.#ridge.value(this.x);
    this.counts.functionEvaluations++;
    this.#current = false;
  }

  *refresh(): Slices {
    if (this.#current) return;
    const { classes, ridge, codes } = this.#model;
    const slopes = this.#rows;
    slopes.set(this.#chances);
    for (let r = 0; r < codes.length; r++) slopes[r * classes + codes[r]] -= 1;
    yield* this.#transposed(slopes, this.gradient);
    for (let i = 0; i < this.dimension; i++) this.gradient[i] += ridge * this.x[i];
    this.counts.gradientEvaluations++;
    this.#current = true;
  }

  blockGradient(block: Int32Array, out: Float64Array): void {
    const { columns, classes, codes, ridge } = this.#model;
    const { indptr, indices, data } = columns;
    for (let a = 0; a < block.length; a++) {
      const i = block[a];
      if (this.#current) {
        out[a] = this.gradient[i];
        continue;
      }
      const c = i % classes;
      const f = (i - c) / classes;
      let sum = ridge * this.x[i];
      for (let e = indptr[f]; e < indptr[f + 1]; e++) {
        const r = indices[e];
        sum += data[e] * (this.#chances[r * classes + c] - (codes[r] === c ? 1 : 0));
      }
      out[a] = sum;
      this.counts.columnTouches++;
    }
  }

  bound(block: Int32Array, out: Float64Array): Slices {
    const { classes } = this.#model;
    const present = new Set(Array.from(block, (i) => i % classes)).size;
    return this.#boundOf(block, Math.min(classes, present + 1), out);
  }

  *hessian(block: Int32Array, out: Float64Array): Slices {
    const { columns, classes, ridge } = this.#model;
    const { indptr, indices, data } = columns;
    const size = block.length;
    const column = this.#column;
    for (let a = 0; a < size; a++) {
      const c = block[a] % classes;
      const f = (block[a] - c) / classes;
      this.#scatter(f, 1);
      for (let b = 0; b <= a; b++) {
        const d = block[b] % classes;
        const g = (block[b] - d) / classes;
        let sum = a === b ? ridge : 0;
        for (let e = indptr[g]; e < indptr[g + 1]; e++) {
          const r = indices[e];
          const p = this.#chances[r * classes + c];
          sum += column[r] * data[e] * (c === d ? p * (1 - p) : -p * this.#chances[r * classes + d]);
        }
        out[a * size + b] = sum;
        out[b * size + a] = sum;
        if (this.#meter.full(indptr[g + 1] - indptr[g])) yield 'slice';
      }
      this.#scatter(f, 0);
      this.counts.columnTouches += a + 1;
    }
  }

  *curvatures(out: Float64Array): Slices {
    const { columns, classes, ridge } = this.#model;
    const { indptr, indices, data } = columns;
    out.fill(ridge);
    for (let f = 0; f < columns.cols; f++) {
      for (let e = indptr[f]; e < indptr[f + 1]; e++) {
        for (let c = 0; c < classes; c++) {
          const p = this.#chances[indices[e] * classes + c];
          out[f * classes + c] += data[e] * data[e] * p * (1 - p);
        }
      }
      if (this.#meter.full(classes * (indptr[f + 1] - indptr[f]))) yield 'slice';
    }
    this.counts.columnTouches += this.dimension;
  }

  *boundRow(i: number, ids: Int32Array, out: Float64Array): Slices {
    const { columns, classes, ridge } = this.#model;
    const { indptr, indices, data } = columns;
    const c = i % classes;
    const f = (i - c) / classes;
    this.#scatter(f, 1);
    for (const j of ids) {
      const d = j % classes;
      const g = (j - d) / classes;
      let sum = 0;
      for (let e = indptr[g]; e < indptr[g + 1]; e++) sum += this.#column[indices[e]] * data[e];
      out[j] = (sum / 2) * ((c === d ? 1 : 0) - 1 / classes) + (i === j ? ridge : 0);
      if (this.#meter.full(indptr[g + 1] - indptr[g])) yield 'slice';
    }
    this.#scatter(f, 0);
    this.counts.columnTouches += ids.length;
  }

  *boundProduct(block: Int32Array, d: Float64Array, out: Float64Array): Slices {
    const { classes, ridge } = this.#model;
    const weights = this.#weights;
    const forms = this.#rows;
    for (let k = 0; k < block.length; k++) weights[block[k]] = d[k];
    yield* this.#products(weights, forms);
    for (const i of block) weights[i] = 0;
    for (let at = 0; at < forms.length; at += classes) {
      let mean = 0;
      for (let c = 0; c < classes; c++) mean += forms[at + c] / classes;
      for (let c = 0; c < classes; c++) forms[at + c] = (forms[at + c] - mean) / 2;
    }
    yield* this.#transposed(forms, out);
    for (let k = 0; k < block.length; k++) out[block[k]] += ridge * d[k];
  }

  *prepare(): Slices {}

  direct(block: Int32Array, target: Float64Array): void {
    const { columns, classes } = this.#model;
    const { indptr, indices, data } = columns;
    this.#block = block;
    this.#target = target;
    this.#stamp++;
    this.#touchedCount = 0;
    for (let k = 0; k < block.length; k++) {
      const i = block[k];
      this.#from[k] = this.x[i];
      const d = target[k] - this.x[i];
      if (d === 0) continue;
      const c = i % classes;
      const f = (i - c) / classes;
      for (let e = indptr[f]; e < indptr[f + 1]; e++) {
        const r = indices[e];
        if (this.#stamps[r] !== this.#stamp) {
          this.#stamps[r] = this.#stamp;
          this.#touched[this.#touchedCount++] = r;
          this.#line.fill(0, r * classes, (r + 1) * classes);
        }
        this.#line[r * classes + c] += d * data[e];
      }
    }
    this.counts.columnTouches += block.length;
  }

  valueAt(step: number): number {
    const { classes, codes } = this.#model;
    this.counts.functionEvaluations++;
    let change = this.#ridge.change(this.#block, this.#from, this.#target, step);
    for (let t = 0; t < this.#touchedCount; t++) {
      const r = this.#touched[t];
      for (let c = 0; c < classes; c++) {
        this.#row[c] = this.#forms[r * classes + c] + step * this.#line[r * classes + c];
      }
      change += rowLoss(this.#row, codes[r]) - this.#losses[r];
    }
    return this.value + change;
  }

  move(step: number): void {
    const { classes } = this.#model;
    let change = this.#ridge.change(this.#block, this.#from, this.#target, step);
    for (let t = 0; t < this.#touchedCount; t++) {
      const r = this.#touched[t];
      for (let at = r * classes; at < (r + 1) * classes; at++) this.#forms[at] += step * this.#line[at];
      const loss = this.#settle(r);
      change += loss - this.#losses[r];
      this.#losses[r] = loss;
    }
    this.value += change;
    for (let k = 0; k < this.#block.length; k++) {
      const from = this.#from[k];
      this.x[this.#block[k]] = step === 1 ? this.#target[k] : from + step * (this.#target[k] - from);
    }
    this.#current = false;
  }

  closes(separable: Separable): boolean {
    const { lower, upper } = separable;
    const bounded = (i: number) => lower[i] > -Infinity && upper[i] < Infinity;
    return this.#model.ridge > 0 || lower.every((_, i) => separable.penalises(i) || bounded(i));
  }

  lowerBound(separable: Separable): number {
    return softmaxDual(this.#model, this.#chances, this, separable);
  }

  dispose(): void {
    // Nothing is held but memory of the heap.
  }

  /** The probabilities of a row, and its loss. */
  #settle(r: number): number {
    const { classes, codes } = this.#model;
    for (let c = 0; c < classes; c++) this.#row[c] = this.#forms[r * classes + c];
    return settleRow(this.#row, codes[r], this.#chances, r * classes, 1);
  }

  *#boundOf(block: Int32Array, present: number, out: Float64Array): Slices {
    const { classes, ridge } = this.#model;
    const size = block.length;
    const { columns } = this.#model;
    const { indptr, indices, data } = columns;
    for (let a = 0; a < size; a++) {
      const c = block[a] % classes;
      const f = (block[a] - c) / classes;
      this.#scatter(f, 1);
      let sum = 0;
      for (let b = 0, last = -1; b <= a; b++) {
        const d = block[b] % classes;
        const g = (block[b] - d) / classes;
        if (g !== last) {
          sum = 0;
          for (let e = indptr[g]; e < indptr[g + 1]; e++) sum += this.#column[indices[e]] * data[e];
          last = g;
          this.counts.columnTouches++;
          if (this.#meter.full(indptr[g + 1] - indptr[g])) yield 'slice';
        }
        const value = (sum / 2) * ((c === d ? 1 : 0) - 1 / present) + (a === b ? ridge : 0);
        out[a * size + b] = value;
        out[b * size + a] = value;
      }
      this.#scatter(f, 0);
    }
  }

  /** Puts a column of A, or zeros, in the places of its entries. */
  #scatter(f: number, scale: number): void {
    const { indptr, indices, data } = this.#model.columns;
    for (let e = indptr[f]; e < indptr[f + 1]; e++) this.#column[indices[e]] = scale * data[e];
  }

  *#products(weights: Float64Array, out: Float64Array): Slices {
    this.counts.columnTouches += yield* classForms(this.#model, this.#meter, weights, out);
  }

  *#transposed(v: Float64Array, out: Float64Array): Slices {
    this.counts.columnTouches += this.dimension;
    yield* classProducts(this.#model, this.#meter, v, out);
  }
}
