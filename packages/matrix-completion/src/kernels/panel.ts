import { type Arena, type BackendChoice, type KernelModule, openArena } from '@lemmata/core';
import { KERNELS_BASE64 } from '../generated/kernels.js';

/** The WebAssembly module of this package's loops. */
export const COMPLETION_KERNELS: KernelModule = { name: '@lemmata/matrix-completion', base64: KERNELS_BASE64 };

/** Entries that are gathered before they are added: a multiple of 4. */
export const PANEL = 64;

/** The arena of the normal equations of one line. */
interface Layout {
  readonly [block: string]: readonly ['f64', number];
  readonly panel: readonly ['f64', number];
  readonly weights: readonly ['f64', number];
  readonly pulls: readonly ['f64', number];
  readonly h: readonly ['f64', number];
  readonly c: readonly ['f64', number];
}

/** Normal equations of one line, to which panels of entries are added. */
export interface NormalEquations {
  /** Rows v of the entries gathered, PANEL x n. */
  readonly panel: Float64Array;
  /** Weight w of each. */
  readonly weights: Float64Array;
  /** Weight times value, w y, of each. */
  readonly pulls: Float64Array;
  /** sum w v v', its lower triangle, n x n. */
  readonly h: Float64Array;
  /** sum w y v, length n. */
  readonly c: Float64Array;
  /** Adds the first `count` entries of the panel; rows up to the next multiple of 4 are overwritten. */
  add(count: number): void;
  /** Releases the memory. */
  dispose(): void;
}

/**
 * Opens the memory of normal equations of width n.
 *
 * @param n - width
 * @param choice - which kernels are to run; both give the same bits
 * @returns the equations, to be disposed of
 */
export function normalEquations(n: number, choice: BackendChoice = 'auto'): NormalEquations {
  const layout: Layout = {
    panel: ['f64', PANEL * n],
    weights: ['f64', PANEL],
    pulls: ['f64', PANEL],
    h: ['f64', n * n],
    c: ['f64', n],
  };
  const arena: Arena<Layout> = openArena(layout, choice, [COMPLETION_KERNELS]);
  const { views } = arena;
  const { h, c } = views;
  // Entry by entry it is faster to write to the heap, and to copy a whole panel at once.
  const gathered =
    arena.backend === 'js'
      ? views
      : { panel: new Float64Array(PANEL * n), weights: new Float64Array(PANEL), pulls: new Float64Array(PANEL) };
  const { panel, weights, pulls } = gathered;
  const pad = (count: number): number => {
    const whole = 4 * Math.ceil(count / 4);
    panel.fill(0, count * n, whole * n);
    weights.fill(0, count, whole);
    pulls.fill(0, count, whole);
    return whole;
  };
  const shared = { panel, weights, pulls, h, c, dispose: () => arena.dispose() };
  if (arena.backend === 'js')
    return { ...shared, add: (count) => addPanel(n, pad(count), panel, weights, pulls, h, c) };
  const { addPanel: add } = arena.exports(COMPLETION_KERNELS);
  const at = [views.panel, views.weights, views.pulls, h, c].map(({ byteOffset }) => byteOffset);
  return {
    ...shared,
    add: (count) => {
      const whole = pad(count);
      views.panel.set(whole === PANEL ? panel : panel.subarray(0, whole * n));
      views.weights.set(weights);
      views.pulls.set(pulls);
      add(n, whole, ...at);
    },
  };
}

/**
 * h += sum of w v v' (lower triangle) and c += sum of p v over rows v of a panel, four at a time: the reference.
 *
 * @param n - numbers of a row
 * @param count - rows, a multiple of 4
 * @param panel - the rows
 * @param weights - w of each
 * @param pulls - p of each
 * @param h - n x n
 * @param c - length n
 */
export function addPanel(
  n: number,
  count: number,
  panel: Float64Array,
  weights: Float64Array,
  pulls: Float64Array,
  h: Float64Array,
  c: Float64Array,
): void {
  for (let e = 0; e < count; e += 4) {
    const v0 = e * n;
    const v1 = v0 + n;
    const v2 = v1 + n;
    const v3 = v2 + n;
    for (let a = 0; a < n; a++) {
      c[a] =
        c[a] +
        pulls[e] * panel[v0 + a] +
        pulls[e + 1] * panel[v1 + a] +
        pulls[e + 2] * panel[v2 + a] +
        pulls[e + 3] * panel[v3 + a];
    }
    const w0 = weights[e];
    const w1 = weights[e + 1];
    const w2 = weights[e + 2];
    const w3 = weights[e + 3];
    // Two rows of h at a time share what they read of the panel; a single last row when n is odd.
    let a = 0;
    for (; a + 1 < n; a += 2) {
      const s0 = w0 * panel[v0 + a];
      const s1 = w1 * panel[v1 + a];
      const s2 = w2 * panel[v2 + a];
      const s3 = w3 * panel[v3 + a];
      const t0 = w0 * panel[v0 + a + 1];
      const t1 = w1 * panel[v1 + a + 1];
      const t2 = w2 * panel[v2 + a + 1];
      const t3 = w3 * panel[v3 + a + 1];
      const row = a * n;
      for (let b = 0; b <= a; b++) {
        const x0 = panel[v0 + b];
        const x1 = panel[v1 + b];
        const x2 = panel[v2 + b];
        const x3 = panel[v3 + b];
        h[row + b] += s0 * x0 + s1 * x1 + (s2 * x2 + s3 * x3);
        h[row + n + b] += t0 * x0 + t1 * x1 + (t2 * x2 + t3 * x3);
      }
      const last = a + 1;
      h[row + n + last] +=
        t0 * panel[v0 + last] + t1 * panel[v1 + last] + (t2 * panel[v2 + last] + t3 * panel[v3 + last]);
    }
    if (a < n) {
      const s0 = w0 * panel[v0 + a];
      const s1 = w1 * panel[v1 + a];
      const s2 = w2 * panel[v2 + a];
      const s3 = w3 * panel[v3 + a];
      for (let b = 0; b <= a; b++) {
        h[a * n + b] += s0 * panel[v0 + b] + s1 * panel[v1 + b] + (s2 * panel[v2 + b] + s3 * panel[v3 + b]);
      }
    }
  }
}
