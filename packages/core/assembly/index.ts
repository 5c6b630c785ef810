// What the compiled core module offers: each portable function over a slice of f64 vectors in the arena. x, y and out
// are byte offsets of element 0; elements from (included) to (excluded) are done. out may equal x or y.
import { cos, exp, expm1, log, log1p, pow, sin, tan, tanh } from './math';

/** Writes exp of x[i] to out[i] for from <= i < to. */
export function expAll(x: usize, out: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const at = <usize>i << 3;
    store<f64>(out + at, exp(load<f64>(x + at)));
  }
}

/** Writes expm1 of x[i] to out[i] for from <= i < to. */
export function expm1All(x: usize, out: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const at = <usize>i << 3;
    store<f64>(out + at, expm1(load<f64>(x + at)));
  }
}

/** Writes log of x[i] to out[i] for from <= i < to. */
export function logAll(x: usize, out: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const at = <usize>i << 3;
    store<f64>(out + at, log(load<f64>(x + at)));
  }
}

/** Writes log1p of x[i] to out[i] for from <= i < to. */
export function log1pAll(x: usize, out: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const at = <usize>i << 3;
    store<f64>(out + at, log1p(load<f64>(x + at)));
  }
}

/** Writes sin of x[i] to out[i] for from <= i < to. */
export function sinAll(x: usize, out: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const at = <usize>i << 3;
    store<f64>(out + at, sin(load<f64>(x + at)));
  }
}

/** Writes cos of x[i] to out[i] for from <= i < to. */
export function cosAll(x: usize, out: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const at = <usize>i << 3;
    store<f64>(out + at, cos(load<f64>(x + at)));
  }
}

/** Writes tan of x[i] to out[i] for from <= i < to. */
export function tanAll(x: usize, out: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const at = <usize>i << 3;
    store<f64>(out + at, tan(load<f64>(x + at)));
  }
}

/** Writes tanh of x[i] to out[i] for from <= i < to. */
export function tanhAll(x: usize, out: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const at = <usize>i << 3;
    store<f64>(out + at, tanh(load<f64>(x + at)));
  }
}

/** Writes x[i] to the power y[i] to out[i] for from <= i < to. */
export function powAll(x: usize, y: usize, out: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const at = <usize>i << 3;
    store<f64>(out + at, pow(load<f64>(x + at), load<f64>(y + at)));
  }
}
