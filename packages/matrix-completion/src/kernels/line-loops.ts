import type { Lines } from '../problem/lines.js';
import type { Side } from '../problem/problem.js';
import type { NormalEquations } from './panel.js';

/*
 * Loops over the entries [from, to) of one line. Notation: k rank, n = k, or k + 1 with biases; v the source's factor
 * row at an entry's place, with a 1 appended when n = k + 1; y the value less the mean and the source's bias; w weight.
 */

/** Copies v of one entry to `out` at `at`. */
function gather(k: number, n: number, factor: Float64Array, place: number, out: Float64Array, at: number): void {
  const offset = place * k;
  for (let c = 0; c < k; c++) out[at + c] = factor[offset + c];
  if (n > k) out[at + k] = 1;
}

/** h += sum w v v' (lower triangle, n x n) and c += sum w y v, both of the normal equations; at most PANEL entries. */
export function addNormalEquations(
  k: number,
  n: number,
  lines: Lines,
  from: number,
  to: number,
  source: Side,
  mean: number,
  equations: NormalEquations,
): void {
  const { places, values, weights } = lines;
  const { factor, bias } = source;
  const { panel, weights: w, pulls } = equations;
  for (let e = from; e < to; e++) {
    const place = places[e];
    const at = e - from;
    gather(k, n, factor, place, panel, at * n);
    w[at] = weights[e];
    pulls[at] = weights[e] * (values[e] - mean - bias[place]);
  }
  equations.add(to - from);
}

/**
 * r += sum w (y - v.x) v and c += sum w y v; four entries at a time, with the same roundings as one after the other.
 */
export function addResidual(
  k: number,
  n: number,
  lines: Lines,
  from: number,
  to: number,
  source: Side,
  mean: number,
  x: Float64Array,
  r: Float64Array,
  c: Float64Array,
): void {
  const { places, values, weights } = lines;
  const { factor, bias } = source;
  const whole = from + 4 * Math.floor((to - from) / 4);
  for (let e = from; e < whole; e += 4) {
    const o0 = places[e] * k;
    const o1 = places[e + 1] * k;
    const o2 = places[e + 2] * k;
    const o3 = places[e + 3] * k;
    const y0 = values[e] - mean - bias[places[e]];
    const y1 = values[e + 1] - mean - bias[places[e + 1]];
    const y2 = values[e + 2] - mean - bias[places[e + 2]];
    const y3 = values[e + 3] - mean - bias[places[e + 3]];
    let f0 = 0;
    let f1 = 0;
    let f2 = 0;
    let f3 = 0;
    for (let a = 0; a < k; a++) {
      f0 += factor[o0 + a] * x[a];
      f1 += factor[o1 + a] * x[a];
      f2 += factor[o2 + a] * x[a];
      f3 += factor[o3 + a] * x[a];
    }
    const b = n > k ? x[k] : 0;
    const r0 = weights[e] * (y0 - (f0 + b));
    const r1 = weights[e + 1] * (y1 - (f1 + b));
    const r2 = weights[e + 2] * (y2 - (f2 + b));
    const r3 = weights[e + 3] * (y3 - (f3 + b));
    const c0 = weights[e] * y0;
    const c1 = weights[e + 1] * y1;
    const c2 = weights[e + 2] * y2;
    const c3 = weights[e + 3] * y3;
    for (let a = 0; a < k; a++) {
      const v0 = factor[o0 + a];
      const v1 = factor[o1 + a];
      const v2 = factor[o2 + a];
      const v3 = factor[o3 + a];
      r[a] = r[a] + r0 * v0 + r1 * v1 + r2 * v2 + r3 * v3;
      c[a] = c[a] + c0 * v0 + c1 * v1 + c2 * v2 + c3 * v3;
    }
    if (n > k) {
      r[k] = r[k] + r0 + r1 + r2 + r3;
      c[k] = c[k] + c0 + c1 + c2 + c3;
    }
  }
  for (let e = whole; e < to; e++) {
    const offset = places[e] * k;
    const target = values[e] - mean - bias[places[e]];
    let fitted = 0;
    for (let a = 0; a < k; a++) fitted += factor[offset + a] * x[a];
    if (n > k) fitted += x[k];
    const rest = weights[e] * (target - fitted);
    const pull = weights[e] * target;
    for (let a = 0; a < k; a++) {
      r[a] += rest * factor[offset + a];
      c[a] += pull * factor[offset + a];
    }
    if (n > k) {
      r[k] += rest;
      c[k] += pull;
    }
  }
}

/** q += sum w (v.p) v; four entries at a time, with the same roundings as one after the other. */
export function addProduct(
  k: number,
  n: number,
  lines: Lines,
  from: number,
  to: number,
  source: Side,
  p: Float64Array,
  q: Float64Array,
): void {
  const { places, weights } = lines;
  const { factor } = source;
  const b = n > k ? p[k] : 0;
  const whole = from + 4 * Math.floor((to - from) / 4);
  for (let e = from; e < whole; e += 4) {
    const o0 = places[e] * k;
    const o1 = places[e + 1] * k;
    const o2 = places[e + 2] * k;
    const o3 = places[e + 3] * k;
    let t0 = 0;
    let t1 = 0;
    let t2 = 0;
    let t3 = 0;
    for (let a = 0; a < k; a++) {
      t0 += factor[o0 + a] * p[a];
      t1 += factor[o1 + a] * p[a];
      t2 += factor[o2 + a] * p[a];
      t3 += factor[o3 + a] * p[a];
    }
    t0 = weights[e] * (t0 + b);
    t1 = weights[e + 1] * (t1 + b);
    t2 = weights[e + 2] * (t2 + b);
    t3 = weights[e + 3] * (t3 + b);
    for (let a = 0; a < k; a++) {
      q[a] = q[a] + t0 * factor[o0 + a] + t1 * factor[o1 + a] + t2 * factor[o2 + a] + t3 * factor[o3 + a];
    }
    if (n > k) q[k] = q[k] + t0 + t1 + t2 + t3;
  }
  for (let e = whole; e < to; e++) {
    const offset = places[e] * k;
    let product = 0;
    for (let a = 0; a < k; a++) product += factor[offset + a] * p[a];
    product = weights[e] * (product + b);
    for (let a = 0; a < k; a++) q[a] += product * factor[offset + a];
    if (n > k) q[k] += product;
  }
}

/** Fills `b` with the rows sqrt(w) v and `t` with sqrt(w) y. */
export function gatherScaled(
  k: number,
  n: number,
  lines: Lines,
  from: number,
  to: number,
  source: Side,
  mean: number,
  b: Float64Array,
  t: Float64Array,
): void {
  const { places, values, weights } = lines;
  for (let e = from; e < to; e++) {
    const at = (e - from) * n;
    gather(k, n, source.factor, places[e], b, at);
    const scale = Math.sqrt(weights[e]);
    for (let a = 0; a < n; a++) b[at + a] *= scale;
    t[e - from] = scale * (values[e] - mean - source.bias[places[e]]);
  }
}
