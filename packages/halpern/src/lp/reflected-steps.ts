import type { SparseMatrix } from '@lemmata/linalg';
import type { ScaledProgram } from './scaling.js';

/** Share of 1 / |A|_2 that the step takes: the operator stays firmly nonexpansive in its norm. */
const STEP_SHARE = 0.998;

/**
 * Halpern's iteration on the reflected primal-dual hybrid gradient operator of a scaled program.
 *
 * With k steps since the anchor (x0, y0): px = clamp(x - (tau / w)(c - A'y)), rx = 2 px - x, and py the dual step from y with
 * A rx, ry = 2 py - y; then x = (k + 1) / (k + 2) (rho' rx + (1 - rho') x) + x0 / (k + 2), rho' = (1 + rho) / 2, and y
 * likewise.
 */
export class ReflectedSteps {
  /** The operator's value at the iterate of the last step: within all bounds. */
  readonly px: Float64Array;
  readonly py: Float64Array;
  /** Steps since the anchor was set. */
  age = 0;
  /** Steps in all. */
  steps = 0;
  /** Products with A or its transpose. */
  matvecs = 0;
  /** Distance of the iterate from its image in the operator's norm, at the last step that measured it. */
  error = 0;
  /** The same at the first step after the anchor was set. */
  firstError = 0;
  readonly #program: ScaledProgram;
  readonly #mix: number;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #anchorX: Float64Array;
  readonly #anchorY: Float64Array;
  readonly #lastX: Float64Array;
  readonly #lastY: Float64Array;
  readonly #activity: Float64Array;
  #norm: number;

  /**
   * @param program - the program, scaled
   * @param reflection - rho in [0, 1]
   * @param x - where to start, length n
   * @param y - where to start, length m
   */
  constructor(program: ScaledProgram, reflection: number, x: Float64Array, y: Float64Array) {
    this.#program = program;
    this.#mix = (1 + reflection) / 2;
    this.#norm = program.norm;
    this.px = x.slice();
    this.py = y.slice();
    this.#x = x.slice();
    this.#y = y.slice();
    this.#anchorX = x.slice();
    this.#anchorY = y.slice();
    this.#lastX = x.slice();
    this.#lastY = y.slice();
    this.#activity = new Float64Array(y.length);
  }

  /**
   * One step.
   *
   * @param weight - w
   * @param measured - whether `error` is wanted
   */
  step(weight: number, measured: boolean): void {
    const program = this.#program;
    const x = this.#x;
    const y = this.#y;
    const tau = STEP_SHARE / this.#norm;
    const mix = this.#mix;
    const measures = measured || this.age === 0;
    if (measures) {
      this.#lastX.set(x);
      this.#lastY.set(y);
    }
    moveX(program, { x, y, step: tau / weight, anchor: this.#anchorX, k: this.age, mix }, this.px, this.#activity);
    moveY(program, { y, step: tau * weight, anchor: this.#anchorY, k: this.age, mix }, this.py, this.#activity);
    this.matvecs += 2;
    if (measures) this.#measure(weight, tau);
    this.age++;
    this.steps++;
  }

  /** Distances of the image from the anchor, primal and dual. */
  moves(): readonly [primal: number, dual: number] {
    return [distance(this.px, this.#anchorX), distance(this.py, this.#anchorY)];
  }

  /** Sets iterate and anchor to the image. */
  restart(): void {
    this.#x.set(this.px);
    this.#y.set(this.py);
    this.#anchorX.set(this.px);
    this.#anchorY.set(this.py);
    this.age = 0;
  }

  /** error^2 = w |dx|^2 + |dy|^2 / w + 2 tau dx . A'dy, with (dx, dy) from the iterate to its reflected image. */
  #measure(weight: number, tau: number): void {
    const { A } = this.#program;
    const dy = this.#activity;
    let dual = 0;
    for (let i = 0; i < dy.length; i++) {
      dy[i] = 2 * (this.py[i] - this.#lastY[i]);
      dual += dy[i] * dy[i];
    }
    this.matvecs++;
    let primal = 0;
    let cross = 0;
    for (let j = 0; j < this.px.length; j++) {
      const dx = 2 * (this.px[j] - this.#lastX[j]);
      primal += dx * dx;
      if (dx !== 0) cross += dx * columnProduct(A, j, dy);
    }
    const separate = weight * primal + dual / weight;
    const square = separate + 2 * tau * cross;
    // Negative beyond rounding, the norm of A was estimated too low: the next steps are shorter.
    if (square < -1e-10 * separate) this.#norm *= 1.05;
    this.error = Math.sqrt(Math.max(square, 0));
    if (this.age === 0) this.firstError = this.error;
  }
}

/** What one half of a step moves, and how far. */
interface Half {
  readonly y: Float64Array;
  /** tau / w for x, tau w for y. */
  readonly step: number;
  readonly anchor: Float64Array;
  /** Steps since the anchor was set. */
  readonly k: number;
  /** rho'. */
  readonly mix: number;
}

/** a_j . y. */
function columnProduct({ indptr, indices, data }: SparseMatrix, j: number, y: Float64Array): number {
  let sum = 0;
  for (let k = indptr[j]; k < indptr[j + 1]; k++) sum += data[k] * y[indices[k]];
  return sum;
}

/**
 * One pass over the columns: px = clamp(x - step (c - A'y)), rx = 2 px - x, activity = A rx, x = (k + 1) / (k + 2)
 * (mix rx + (1 - mix) x) + anchor / (k + 2). Each column is read once for both products, while it is in the cache.
 */
function moveX(
  { A, c, colLower, colUpper }: ScaledProgram,
  { x, y, step, anchor, k: age, mix }: Half & { readonly x: Float64Array },
  px: Float64Array,
  activity: Float64Array,
): void {
  const { indptr, indices, data } = A;
  const ahead = (age + 1) / (age + 2);
  const back = 1 / (age + 2);
  const stay = 1 - mix;
  activity.fill(0);
  let from = 0;
  for (let j = 0; j < x.length; j++) {
    const to = indptr[j + 1];
    let product = 0;
    for (let k = from; k < to; k++) product += data[k] * y[indices[k]];
    const old = x[j];
    const target = old - step * (c[j] - product);
    const clamped = target <= colLower[j] ? colLower[j] : target >= colUpper[j] ? colUpper[j] : target;
    const reflected = 2 * clamped - old;
    px[j] = clamped;
    x[j] = ahead * (mix * reflected + stay * old) + back * anchor[j];
    if (reflected !== 0) for (let k = from; k < to; k++) activity[indices[k]] += data[k] * reflected;
    from = to;
  }
}

/** py = step (t - clamp(t)) with t = y / step - A rx, clamped to [-upper, -lower]; ry = 2 py - y; then y moves as x does. */
function moveY(
  { rowLower, rowUpper }: ScaledProgram,
  { y, step, anchor, k, mix }: Half,
  py: Float64Array,
  activity: Float64Array,
): void {
  const ahead = (k + 1) / (k + 2);
  const back = 1 / (k + 2);
  const stay = 1 - mix;
  for (let i = 0; i < y.length; i++) {
    const old = y[i];
    const target = old / step - activity[i];
    const clamped = target <= -rowUpper[i] ? -rowUpper[i] : target >= -rowLower[i] ? -rowLower[i] : target;
    const image = step * (target - clamped);
    py[i] = image;
    y[i] = ahead * (mix * (2 * image - old) + stay * old) + back * anchor[i];
  }
}

function distance(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < u.length; j++) sum += (u[j] - v[j]) * (u[j] - v[j]);
  return Math.sqrt(sum);
}
