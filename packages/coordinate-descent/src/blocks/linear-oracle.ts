import { type SparseMatrix, toSparse } from '@lemmata/linalg';
import { type OpenDesign, openDesign } from '../problem/open-design.js';
import { SliceMeter } from '../slices.js';
import { weightedSquare } from './functions/column-sums.js';
import type { LinearModel } from './functions/linear-model.js';
import { GramColumns } from './gram-columns.js';
import { type BlockCounts, type BlockOracle, noCounts, positiveConstants, type Slices } from './oracle.js';
import { RidgeTerm } from './ridge-term.js';
import { RowUpdates } from './row-updates.js';
import type { Separable } from './separable.js';

/**
 * The oracle of a linear model f(x) = sum_i phi(z_i) + ridge / 2 |x|^2, z = A x.
 *
 * z and the slopes phi'(z) move with x. The gradient A' phi'(z) + ridge x is kept up to date where that is cheap: for
 * sparse A along the rows whose slopes changed, for sums of squares on dense A by columns of A'A that are kept from their
 * second use on; else it is computed when somebody asks for it.
 */
export class LinearOracle implements BlockOracle {
  readonly dimension: number;
  readonly lipschitz: Float64Array;
  readonly thirdOrder: Float64Array | undefined;
  readonly isQuadratic: boolean;
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  readonly counts: BlockCounts = noCounts();
  readonly bounded = true;
  readonly curved = true;
  value = 0;

  readonly #model: LinearModel;
  readonly #ridge: RidgeTerm;
  readonly #open: OpenDesign;
  readonly #columns: SparseMatrix | undefined;
  #rows: RowUpdates | undefined;
  #loaded = false;
  #current = false;
  readonly #meter = new SliceMeter();
  readonly #z: Float64Array;
  readonly #slopes: Float64Array;
  readonly #losses: Float64Array;
  /** Rows that the line of `direct` changes, and how many. */
  readonly #touched: Int32Array;
  readonly #stamps: Int32Array;
  #stamp = 0;
  #touchedCount = 0;
  #block: Int32Array = new Int32Array(0);
  #target: Float64Array = new Float64Array(0);
  readonly #from: Float64Array;
  readonly #gram: GramColumns | undefined;
  /** Whether somebody will want the gradient after the next move. */
  #wanted = false;

  /** @param model - the model */
  constructor(model: LinearModel) {
    const { matrix, backend } = model;
    this.#model = model;
    this.#ridge = new RidgeTerm(model.ridge, model.linear);
    this.#open = openDesign(matrix, { intercept: false, weights: undefined, penalised: false }, backend, true);
    this.#columns = 'indptr' in matrix ? (matrix.layout === 'csc' ? matrix : toSparse(matrix, 'csc')) : undefined;
    this.dimension = matrix.cols;
    this.lipschitz = positiveConstants(model.lipschitz);
    this.thirdOrder = model.thirdOrder;
    this.isQuadratic = model.loss.kind === 'least-squares';
    this.x = new Float64Array(matrix.cols);
    this.gradient = new Float64Array(matrix.cols);
    this.#z = new Float64Array(matrix.rows);
    this.#slopes = new Float64Array(matrix.rows);
    this.#losses = new Float64Array(matrix.rows);
    this.#touched = Int32Array.from({ length: matrix.rows }, (_, r) => r);
    this.#stamps = new Int32Array(matrix.rows);
    this.#from = new Float64Array(matrix.cols);
    this.#gram =
      this.isQuadratic && this.#columns === undefined
        ? new GramColumns(matrix.cols, (j, out) => this.#gramColumn(j, out))
        : undefined;
  }

  *reset(): Slices {
    const { design } = this.#open;
    if (!this.#loaded) yield* design.load();
    this.#loaded = true;
    const { residual } = design.work;
    residual.fill(0);
    for (let j = 0; j < this.dimension; j++) {
      if (this.x[j] === 0) continue;
      design.addColumn(j, this.x[j]);
      this.counts.columnTouches++;
      if (this.#meter.full(design.cost(j))) yield 'slice';
    }
    this.#z.set(residual);
    const { loss, target } = this.#model;
    let value = 0;
    for (let r = 0; r < this.#z.length; r++) {
      this.#slopes[r] = loss.slope(this.#z[r], target[r]);
      this.#losses[r] = loss.value(this.#z[r], target[r]);
      value += this.#losses[r];
    }
    this.value = value + this.#ridge.value(this.x);
    this.#current = false;
    this.counts.functionEvaluations++;
  }

  *refresh(): Slices {
    if (this.#current) return;
    const { gradient } = this;
    yield* this.#products(this.#slopes, gradient);
    for (let j = 0; j < this.dimension; j++) gradient[j] += this.#ridge.slope(j, this.x[j]);
    this.counts.gradientEvaluations++;
    this.#current = true;
  }

  blockGradient(block: Int32Array, out: Float64Array): void {
    if (!this.#current) this.#selected(this.#slopes, block);
    const { innerProducts } = this.#open.design.work;
    for (let k = 0; k < block.length; k++) {
      const j = block[k];
      out[k] = this.#current ? this.gradient[j] : innerProducts[j] + this.#ridge.slope(j, this.x[j]);
    }
  }

  *bound(block: Int32Array, out: Float64Array): Slices {
    yield* this.#blockProducts(block, out, undefined);
  }

  *hessian(block: Int32Array, out: Float64Array): Slices {
    const { loss, target } = this.#model;
    const weights = this.isQuadratic ? undefined : this.#z.map((z, r) => loss.second(z, target[r]));
    yield* this.#blockProducts(block, out, weights);
  }

  *curvatures(out: Float64Array): Slices {
    const { loss, target, ridge } = this.#model;
    const { residual } = this.#open.design.work;
    const weights = this.#z.map((z, r) => loss.second(z, target[r]));
    for (let j = 0; j < out.length; j++) {
      let sum = ridge;
      if (this.#columns !== undefined) sum += weightedSquare(this.#columns, j, weights);
      else {
        this.#column(j);
        for (let r = 0; r < residual.length; r++) sum += weights[r] * residual[r] * residual[r];
      }
      out[j] = sum;
      if (this.#meter.full(this.#open.design.cost(j))) yield 'slice';
    }
    this.counts.columnTouches += out.length;
  }

  *boundRow(i: number, ids: Int32Array, out: Float64Array): Slices {
    const { innerProducts } = this.#open.design.work;
    const { loss, ridge } = this.#model;
    this.#column(i);
    this.#selected(this.#open.design.work.residual, ids);
    for (const j of ids) out[j] = loss.curvature * innerProducts[j] + (i === j ? ridge : 0);
    if (this.#meter.full(this.#cost(ids))) yield 'slice';
  }

  *boundProduct(block: Int32Array, d: Float64Array, out: Float64Array): Slices {
    const { design } = this.#open;
    const { loss, ridge } = this.#model;
    design.work.residual.fill(0);
    for (let k = 0; k < block.length; k++) design.addColumn(block[k], d[k]);
    this.counts.columnTouches += block.length;
    if (this.#meter.full(this.#cost(block))) yield 'slice';
    yield* this.#products(design.work.residual, out);
    for (let j = 0; j < out.length; j++) out[j] *= loss.curvature;
    for (let k = 0; k < block.length; k++) out[block[k]] += ridge * d[k];
  }

  direct(block: Int32Array, target: Float64Array): void {
    this.#block = block;
    this.#target = target;
    const { design } = this.#open;
    const { residual: q } = design.work;
    this.counts.columnTouches += block.length;
    if (this.#columns === undefined) {
      q.fill(0);
      this.#touchedCount = q.length;
    } else {
      this.#stamp++;
      this.#touchedCount = 0;
    }
    for (let k = 0; k < block.length; k++) {
      const j = block[k];
      this.#from[k] = this.x[j];
      const d = target[k] - this.x[j];
      if (d === 0) continue;
      if (this.#columns === undefined) design.addColumn(j, d);
      else this.#addSparse(this.#columns, j, d, q);
    }
  }

  #addSparse({ indptr, indices, data }: SparseMatrix, j: number, d: number, q: Float64Array): void {
    for (let k = indptr[j]; k < indptr[j + 1]; k++) {
      const r = indices[k];
      if (this.#stamps[r] !== this.#stamp) {
        this.#stamps[r] = this.#stamp;
        this.#touched[this.#touchedCount++] = r;
        q[r] = 0;
      }
      q[r] += d * data[k];
    }
  }

  valueAt(step: number): number {
    const { loss, target } = this.#model;
    const { residual: q } = this.#open.design.work;
    const whole = this.#touchedCount === q.length;
    this.counts.functionEvaluations++;
    let value = 0;
    for (let t = 0; t < this.#touchedCount; t++) {
      const r = this.#touched[t];
      const next = loss.value(this.#z[r] + step * q[r], target[r]);
      value += whole ? next : next - this.#losses[r];
    }
    return (whole ? value + this.#ridge.value(this.x) : this.value + value) + this.#ridgeChange(step);
  }

  move(step: number): void {
    const { loss, target } = this.#model;
    const { residual: q } = this.#open.design.work;
    const whole = this.#touchedCount === q.length;
    const ridge = this.#ridge.value(this.x);
    const change = this.#ridgeChange(step);
    const wanted = this.#wanted && this.#current;
    const rows = wanted && this.#columns !== undefined ? this.#affordableRows() : undefined;
    let value = 0;
    for (let t = 0; t < this.#touchedCount; t++) {
      const r = this.#touched[t];
      this.#z[r] += step * q[r];
      const next = loss.value(this.#z[r], target[r]);
      const slope = loss.slope(this.#z[r], target[r]);
      value += whole ? next : next - this.#losses[r];
      this.#losses[r] = next;
      rows?.note(r, slope - this.#slopes[r]);
      this.#slopes[r] = slope;
    }
    rows?.apply(this.gradient);
    this.value = (whole ? value + ridge : this.value + value) + change;
    const kept =
      rows !== undefined ||
      (wanted && this.#gram?.spread(this.#block, this.#from, this.#target, step, this.gradient) === true);
    if (kept) this.#ridge.spread(this.#block, this.#from, this.#target, step, this.gradient);
    this.#current = kept;
    this.#wanted = false;
    this.#place(step);
  }

  closes(separable: Separable): boolean {
    const { ridge, linear } = this.#model;
    const { lower, upper } = separable;
    const bounded = (i: number) => lower[i] > -Infinity && upper[i] < Infinity;
    return ridge > 0 || lower.every((_, i) => (separable.penalises(i) && linear === undefined) || bounded(i));
  }

  lowerBound(separable: Separable): number {
    const { loss, target, ridge, linear } = this.#model;
    const { gradient, x } = this;
    const feasible = separable.feasibleShare(
      x.map((value, j) => ridge * value - gradient[j]),
      ridge,
    );
    // A smaller share of the slopes does not make the linear term smaller.
    if (feasible < 1 && linear !== undefined) return -Infinity;
    let product = 0;
    let square = 0;
    for (let r = 0; r < target.length; r++) {
      product -= this.#slopes[r] * target[r];
      square += this.#slopes[r] * this.#slopes[r];
    }
    let best = -Infinity;
    for (const share of [feasible, Math.min(feasible, loss.bestShare(product, square))]) {
      let dual = 0;
      for (let r = 0; r < target.length; r++) dual += loss.dual(-share * this.#slopes[r], target[r]);
      const products = x.map(
        (value, j) => share * (this.#ridge.slope(j, value) - gradient[j]) - (linear === undefined ? 0 : linear[j]),
      );
      // At the feasible share the products that limit it reach the penalty but for rounding.
      best = Math.max(best, separable.lessConjugate(dual, products, ridge, linear === undefined));
    }
    return best;
  }

  dispose(): void {
    this.#open.dispose();
  }

  /** out = A' v. */
  *#products(v: Float64Array, out: Float64Array): Slices {
    const { design } = this.#open;
    const { target, innerProducts } = design.work;
    target.set(v);
    for (let from = 0; from < this.dimension; ) {
      const to = design.sliceEnd(from, this.dimension);
      design.products(target, innerProducts, from, to);
      let cost = 0;
      for (let j = from; j < to; j++) cost += design.cost(j);
      from = to;
      if (this.#meter.full(cost)) yield 'slice';
    }
    out.set(innerProducts);
    this.counts.columnTouches += this.dimension;
  }

  /** innerProducts[j] = a_j . v for j in ids. */
  #selected(v: Float64Array, ids: Int32Array): void {
    const { design } = this.#open;
    const { target, innerProducts, selection } = design.work;
    target.set(v);
    selection.set(ids);
    design.selectedProducts(selection, target, innerProducts, 0, ids.length);
    this.counts.columnTouches += ids.length;
  }

  /** residual = a_i. */
  #column(i: number): void {
    const { design } = this.#open;
    design.work.residual.fill(0);
    design.addColumn(i, 1);
  }

  *#blockProducts(block: Int32Array, out: Float64Array, weights: Float64Array | undefined): Slices {
    const { design } = this.#open;
    const { residual, innerProducts } = design.work;
    const { loss, ridge } = this.#model;
    const size = block.length;
    for (let a = 0; a < size; a++) {
      const ids = block.subarray(0, a + 1);
      this.#column(block[a]);
      if (weights !== undefined) for (let r = 0; r < residual.length; r++) residual[r] *= weights[r];
      this.#selected(residual, ids);
      const factor = weights === undefined ? loss.curvature : 1;
      for (let c = 0; c <= a; c++) {
        const value = factor * innerProducts[block[c]] + (a === c ? ridge : 0);
        out[a * size + c] = value;
        out[c * size + a] = value;
      }
      if (this.#meter.full(this.#cost(ids) + residual.length)) yield 'slice';
    }
  }

  #cost(ids: Int32Array): number {
    let cost = 0;
    for (const j of ids) cost += this.#open.design.cost(j);
    return cost;
  }

  *prepare(block: Int32Array): Slices {
    this.#wanted = true;
    if (this.#gram !== undefined) yield* this.#gram.fetch(block);
  }

  *#gramColumn(j: number, out: Float64Array): Slices {
    this.#column(j);
    yield* this.#products(this.#open.design.work.residual, out);
  }

  /** Where changes of slopes are noted, if moving the gradient along their rows pays. */
  #affordableRows(): RowUpdates | undefined {
    this.#rows ??= new RowUpdates(this.#model.matrix);
    return this.#rows.begin(this.#touched, this.#touchedCount) ? this.#rows : undefined;
  }

  #ridgeChange(step: number): number {
    return this.#ridge.change(this.#block, this.#from, this.#target, step);
  }

  #place(step: number): void {
    for (let k = 0; k < this.#block.length; k++) {
      const from = this.#from[k];
      this.x[this.#block[k]] = step === 1 ? this.#target[k] : from + step * (this.#target[k] - from);
    }
  }
}
