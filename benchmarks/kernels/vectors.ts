// Dot, axpy, the products with all columns of a dense design, and one pass of coordinate descent over them.
import type { Kernel, PreparedKernel } from '@lemmata/bench';
import { openArena } from '@lemmata/core';
import { LINALG_KERNELS, linalgKernels } from '@lemmata/linalg';
import { joined, uniform } from './data.js';
import { openBlas, plainC } from './native.js';

const LENGTH = 10_000;
const ROWS = 500;
const COLS = 2000;

/** Of the largest |a_j . b|: about one column in ten of the pass below changes. */
const THRESHOLD_SHARE = 0.5;

const x = (): Float64Array => uniform('x', LENGTH);
const y = (): Float64Array => uniform('y', LENGTH);
const design = (): Float64Array => uniform('design', ROWS * COLS);
const target = (): Float64Array => uniform('target', ROWS);

function dot(backend: 'js' | 'wasm'): PreparedKernel {
  const arena = openArena({ x: ['f64', LENGTH], y: ['f64', LENGTH] }, backend, [LINALG_KERNELS]);
  const { views } = arena;
  const kernels = linalgKernels(arena);
  views.x.set(x());
  views.y.set(y());
  let product = 0;
  return {
    run: () => {
      product = kernels.dot(views.x, views.y);
    },
    result: () => Float64Array.of(product),
  };
}

function plainDot(): PreparedKernel {
  const [a, b] = [x(), y()];
  let product = 0;
  return {
    run: () => {
      let sum = 0;
      for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
      product = sum;
    },
    result: () => Float64Array.of(product),
  };
}

/** 2^-40: y keeps its size however often this is added. */
const ALPHA = 1 / 1099511627776;

function axpy(backend: 'js' | 'wasm'): PreparedKernel {
  const arena = openArena({ x: ['f64', LENGTH], y: ['f64', LENGTH] }, backend, [LINALG_KERNELS]);
  const { views } = arena;
  const kernels = linalgKernels(arena);
  views.x.set(x());
  views.y.set(y());
  return { run: () => kernels.axpy(ALPHA, views.x, views.y), result: () => views.y.slice() };
}

function plainAxpy(): PreparedKernel {
  const [a, b] = [x(), y()];
  return {
    run: () => {
      for (let i = 0; i < a.length; i++) b[i] += ALPHA * a[i];
    },
    result: () => b.slice(),
  };
}

function columnProducts(backend: 'js' | 'wasm'): PreparedKernel {
  const layout = { a: ['f64', ROWS * COLS], r: ['f64', ROWS], out: ['f64', COLS] } as const;
  const arena = openArena(layout, backend, [LINALG_KERNELS]);
  const { a, r, out } = arena.views;
  const kernels = linalgKernels(arena);
  a.set(design());
  r.set(target());
  return { run: () => kernels.columnProducts(ROWS, a, r, out, 0, COLS), result: () => out.slice() };
}

function plainColumnProducts(): PreparedKernel {
  const [a, r, out] = [design(), target(), new Float64Array(COLS)];
  return {
    run: () => {
      for (let j = 0; j < COLS; j++) {
        let sum = 0;
        for (let i = 0; i < ROWS; i++) sum += a[j * ROWS + i] * r[i];
        out[j] = sum;
      }
    },
    result: () => out.slice(),
  };
}

/** Squared lengths of the columns, and the threshold of the pass. */
function passData(): { readonly squares: Float64Array; readonly threshold: number } {
  const [a, b] = [design(), target()];
  const squares = new Float64Array(COLS);
  let largest = 0;
  for (let j = 0; j < COLS; j++) {
    let product = 0;
    for (let i = 0; i < ROWS; i++) {
      squares[j] += a[j * ROWS + i] * a[j * ROWS + i];
      product += a[j * ROWS + i] * b[i];
    }
    largest = Math.max(largest, Math.abs(product));
  }
  return { squares, threshold: THRESHOLD_SHARE * largest };
}

function lassoPass(backend: 'js' | 'wasm'): PreparedKernel {
  const layout = {
    a: ['f64', ROWS * COLS],
    ids: ['i32', COLS],
    squares: ['f64', COLS],
    r: ['f64', ROWS],
    w: ['f64', COLS],
  } as const;
  const arena = openArena(layout, backend, [LINALG_KERNELS]);
  const { a, ids, squares, r, w } = arena.views;
  const kernels = linalgKernels(arena);
  const { threshold, ...data } = passData();
  const b = target();
  a.set(design());
  squares.set(data.squares);
  ids.set(ids.map((_, j) => j));
  return {
    run: () => {
      r.set(b);
      w.fill(0);
      kernels.lassoEpochDense(ROWS, a, ids, 0, COLS, squares, threshold, r, w);
    },
    result: () => w.slice(),
  };
}

function plainLassoPass(): PreparedKernel {
  const [a, b, r, w] = [design(), target(), new Float64Array(ROWS), new Float64Array(COLS)];
  const { squares, threshold } = passData();
  return {
    run: () => {
      r.set(b);
      w.fill(0);
      for (let j = 0; j < COLS; j++) {
        let product = 0;
        for (let i = 0; i < ROWS; i++) product += a[j * ROWS + i] * r[i];
        const size = Math.abs(product) - threshold;
        if (size <= 0) continue;
        w[j] = (product < 0 ? -size : size) / squares[j];
        for (let i = 0; i < ROWS; i++) r[i] -= w[j] * a[j * ROWS + i];
      }
    },
    result: () => w.slice(),
  };
}

/** Kernels of dense vectors and columns. */
export const vectorKernels: readonly Kernel[] = [
  {
    name: 'dot',
    size: `n = ${LENGTH}`,
    operations: 2 * LENGTH,
    // |error| <= n u sum |x_i y_i| in any order, here below n u n / 2 against a product of order sqrt(n).
    tolerance: 2 * LENGTH * LENGTH * Number.EPSILON,
    versions: [
      { label: 'WebAssembly', kind: 'ours', prepare: () => dot('wasm') },
      { label: 'TypeScript', kind: 'twin', prepare: () => dot('js') },
      { label: 'plain loop', kind: 'plain', prepare: plainDot },
    ],
    native: [plainC('dot'), openBlas('dot')],
    input: () => joined(x(), y()),
    sizes: [LENGTH],
  },
  {
    name: 'axpy',
    size: `n = ${LENGTH}`,
    operations: 2 * LENGTH,
    // A fused multiplication and addition rounds once where two operations round twice.
    tolerance: 2 * Number.EPSILON,
    versions: [
      { label: 'WebAssembly', kind: 'ours', prepare: () => axpy('wasm') },
      { label: 'TypeScript', kind: 'twin', prepare: () => axpy('js') },
      { label: 'plain loop', kind: 'plain', prepare: plainAxpy },
    ],
    native: [plainC('axpy'), openBlas('axpy')],
    input: () => joined(x(), y()),
    sizes: [LENGTH],
  },
  {
    name: "A' r, dense",
    size: `${ROWS} x ${COLS}`,
    operations: 2 * ROWS * COLS,
    // m u sum |a_ij r_i| <= m^2 u in any order, against entries of order sqrt(m) / 3 > 1.
    tolerance: 2 * ROWS * ROWS * Number.EPSILON,
    versions: [
      { label: 'WebAssembly', kind: 'ours', prepare: () => columnProducts('wasm') },
      { label: 'TypeScript', kind: 'twin', prepare: () => columnProducts('js') },
      { label: 'plain loop', kind: 'plain', prepare: plainColumnProducts },
    ],
    native: [plainC('column-products'), openBlas('column-products')],
    input: () => joined(design(), target()),
    sizes: [ROWS, COLS],
  },
  {
    name: 'Lasso pass, dense',
    size: `${ROWS} x ${COLS}`,
    operations: 2 * ROWS * COLS,
    // As above for each product, and each of at most n changes passes the error of r on: n times as much.
    tolerance: 2 * ROWS * ROWS * COLS * Number.EPSILON,
    versions: [
      { label: 'WebAssembly', kind: 'ours', prepare: () => lassoPass('wasm') },
      { label: 'TypeScript', kind: 'twin', prepare: () => lassoPass('js') },
      { label: 'plain loop', kind: 'plain', prepare: plainLassoPass },
    ],
    native: [plainC('lasso-epoch')],
    input: () => {
      const { squares, threshold } = passData();
      return joined(design(), target(), squares, [threshold]);
    },
    sizes: [ROWS, COLS],
  },
];
