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
  readonly #rx: Float64Array;
  readonly #ry: Float64Array;
  readonly #products: Float64Array;
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
    this.#rx = new Float64Array(x.length);
    this.#ry = new Float64Array(y.length);
    this.#products = new Float64Array(x.length);
    this.#activity = new Float64Array(y.length);
  }

  /**
   * One step.
   *
   * @param weight - w
   * @param measured - whether `error` is wanted
   */
  step(weight: number, measured: boolean): void {
    const { c, forward, backward, rowLower, rowUpper, colLower, colUpper } = this.#program;
    const x = this.#x;
    const y = this.#y;
    const rx = this.#rx;
    const ry = this.#ry;
    const tau = STEP_SHARE / this.#norm;
    const primalStep = tau / weight;
    const dualStep = tau * weight;
    backward.applyTranspose(y, this.#products);
    for (let j = 0; j < x.length; j++) {
      const target = x[j] - primalStep * (c[j] - this.#products[j]);
      this.px[j] = Math.min(Math.max(target, colLower[j]), colUpper[j]);
      rx[j] = 2 * this.px[j] - x[j];
    }
    forward.apply(rx, this.#activity);
    for (let i = 0; i < y.length; i++) {
      const target = y[i] / dualStep - this.#activity[i];
      this.py[i] = dualStep * (target - Math.min(Math.max(target, -rowUpper[i]), -rowLower[i]));
      ry[i] = 2 * this.py[i] - y[i];
    }
    this.matvecs += 2;
    if (measured || this.age === 0) this.#measure(weight, tau);
    const ahead = (this.age + 1) / (this.age + 2);
    const back = 1 / (this.age + 2);
    const mix = this.#mix;
    for (let j = 0; j < x.length; j++) {
      x[j] = ahead * (mix * rx[j] + (1 - mix) * x[j]) + back * this.#anchorX[j];
    }
    for (let i = 0; i < y.length; i++) {
      y[i] = ahead * (mix * ry[i] + (1 - mix) * y[i]) + back * this.#anchorY[i];
    }
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
    const dy = this.#activity;
    let dual = 0;
    for (let i = 0; i < dy.length; i++) {
      dy[i] = this.#ry[i] - this.#y[i];
      dual += dy[i] * dy[i];
    }
    this.#program.backward.applyTranspose(dy, this.#products);
    this.matvecs++;
    let primal = 0;
    let cross = 0;
    for (let j = 0; j < this.#x.length; j++) {
      const dx = this.#rx[j] - this.#x[j];
      primal += dx * dx;
      cross += dx * this.#products[j];
    }
    const separate = weight * primal + dual / weight;
    const square = separate + 2 * tau * cross;
    // Negative beyond rounding, the norm of A was estimated too low: the next steps are shorter.
    if (square < -1e-10 * separate) this.#norm *= 1.05;
    this.error = Math.sqrt(Math.max(square, 0));
    if (this.age === 0) this.firstError = this.error;
  }
}

function distance(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < u.length; j++) sum += (u[j] - v[j]) * (u[j] - v[j]);
  return Math.sqrt(sum);
}
