import type { Lines } from '../problem/lines.js';
import type { Side } from '../problem/problem.js';

/*
 * Loops over the entries [from, to) of one line. Notation: k rank, n = k, or k + 1 with biases; v the source's factor
 * row at an entry's place, with a 1 appended when n = k + 1; y the value less the mean and the source's bias; w weight.
 */

/** Copies v of one entry to `out` at `at`. */
function gather(k: number, n: number, source: Side, place: number, out: Float64Array, at: number): void {
  const { factor } = source;
  const offset = place * k;
  for (let c = 0; c < k; c++) out[at + c] = factor[offset + c];
  if (n > k) out[at + k] = 1;
}

/** h += sum w v v' (lower triangle, n x n), c += sum w y v; four entries at a time; `panel` has room for 4 n numbers. */
export function addNormalEquations(
  k: number,
  n: number,
  lines: Lines,
  from: number,
  to: number,
  source: Side,
  mean: number,
  h: Float64Array,
  c: Float64Array,
  panel: Float64Array,
): void {
  const { places, values, weights } = lines;
  for (let e = from; e < to; e += 4) {
    const block = Math.min(4, to - e);
    panel.fill(0, block * n, 4 * n);
    for (let b = 0; b < block; b++) {
      const place = places[e + b];
      gather(k, n, source, place, panel, b * n);
      const pull = weights[e + b] * (values[e + b] - mean - source.bias[place]);
      for (let a = 0; a < n; a++) c[a] += pull * panel[b * n + a];
    }
    const w0 = weights[e];
    const w1 = block > 1 ? weights[e + 1] : 0;
    const w2 = block > 2 ? weights[e + 2] : 0;
    const w3 = block > 3 ? weights[e + 3] : 0;
    for (let a = 0; a < n; a++) {
      const t0 = w0 * panel[a];
      const t1 = w1 * panel[n + a];
      const t2 = w2 * panel[2 * n + a];
      const t3 = w3 * panel[3 * n + a];
      const row = a * n;
      for (let b = 0; b <= a; b++) {
        h[row + b] += t0 * panel[b] + t1 * panel[n + b] + (t2 * panel[2 * n + b] + t3 * panel[3 * n + b]);
      }
    }
  }
}

/** r += sum w (y - v.x) v and c += sum w y v; `row` has room for n numbers. */
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
  row: Float64Array,
): void {
  const { places, values, weights } = lines;
  for (let e = from; e < to; e++) {
    gather(k, n, source, places[e], row, 0);
    const target = values[e] - mean - source.bias[places[e]];
    let fitted = 0;
    for (let a = 0; a < n; a++) fitted += row[a] * x[a];
    const rest = weights[e] * (target - fitted);
    const pull = weights[e] * target;
    for (let a = 0; a < n; a++) {
      r[a] += rest * row[a];
      c[a] += pull * row[a];
    }
  }
}

/** q += sum w (v.p) v; `row` has room for n numbers. */
export function addProduct(
  k: number,
  n: number,
  lines: Lines,
  from: number,
  to: number,
  source: Side,
  p: Float64Array,
  q: Float64Array,
  row: Float64Array,
): void {
  const { places, weights } = lines;
  for (let e = from; e < to; e++) {
    gather(k, n, source, places[e], row, 0);
    let product = 0;
    for (let a = 0; a < n; a++) product += row[a] * p[a];
    product *= weights[e];
    for (let a = 0; a < n; a++) q[a] += product * row[a];
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
    gather(k, n, source, places[e], b, at);
    const scale = Math.sqrt(weights[e]);
    for (let a = 0; a < n; a++) b[at + a] *= scale;
    t[e - from] = scale * (values[e] - mean - source.bias[places[e]]);
  }
}
