// Dense products and Cholesky's factorisation, through the public calls: what copies and packs is part of the time.
import type { Kernel, PreparedKernel } from '@lemmata/bench';
import { cholesky, denseMatrix, multiply, symmetricProduct } from '@lemmata/linalg';
import { toMlMatrix } from '@lemmata/linalg/dense';
import { joined, uniform } from './data.js';
import { openBlas, plainC } from './native.js';

const SIZE = 256;
const TALL = 1000;
const WIDE = 200;

type Backend = 'js' | 'wasm';

const left = (): Float64Array => uniform('left', SIZE * SIZE);
const right = (): Float64Array => uniform('right', SIZE * SIZE);
const tall = (): Float64Array => uniform('tall', TALL * WIDE);

function product(backend: Backend): PreparedKernel {
  const [A, B] = [denseMatrix(SIZE, SIZE, left()), denseMatrix(SIZE, SIZE, right())];
  let C = A;
  return {
    run: () => {
      C = multiply(A, B, { backend });
    },
    result: () => C.data,
  };
}

function plainProduct(): PreparedKernel {
  const [a, b, c] = [left(), right(), new Float64Array(SIZE * SIZE)];
  return {
    run: () => {
      c.fill(0);
      for (let i = 0; i < SIZE; i++) {
        for (let k = 0; k < SIZE; k++) {
          const value = a[i * SIZE + k];
          for (let j = 0; j < SIZE; j++) c[i * SIZE + j] += value * b[k * SIZE + j];
        }
      }
    },
    result: () => c.slice(),
  };
}

function mlProduct(): PreparedKernel {
  const [A, B] = [toMlMatrix(denseMatrix(SIZE, SIZE, left())), toMlMatrix(denseMatrix(SIZE, SIZE, right()))];
  let C = A;
  return {
    run: () => {
      C = A.mmul(B);
    },
    result: () => Float64Array.from(C.to1DArray()),
  };
}

function gram(backend: Backend): PreparedKernel {
  const X = denseMatrix(TALL, WIDE, tall());
  let G = X;
  return {
    run: () => {
      G = symmetricProduct(X, { backend });
    },
    result: () => G.data,
  };
}

function plainGram(): PreparedKernel {
  const [x, g] = [tall(), new Float64Array(WIDE * WIDE)];
  return {
    run: () => {
      g.fill(0);
      for (let k = 0; k < TALL; k++) {
        for (let i = 0; i < WIDE; i++) {
          const value = x[k * WIDE + i];
          for (let j = 0; j <= i; j++) g[i * WIDE + j] += value * x[k * WIDE + j];
        }
      }
      for (let i = 0; i < WIDE; i++) for (let j = 0; j < i; j++) g[j * WIDE + i] = g[i * WIDE + j];
    },
    result: () => g.slice(),
  };
}

function mlGram(): PreparedKernel {
  const X = toMlMatrix(denseMatrix(TALL, WIDE, tall()));
  let G = X;
  return {
    run: () => {
      G = X.transpose().mmul(X);
    },
    result: () => Float64Array.from(G.to1DArray()),
  };
}

/** A symmetric matrix with 2 n on its diagonal and entries below 1 elsewhere: its condition number is below 3. */
function definite(): Float64Array {
  const a = left();
  for (let i = 0; i < SIZE; i++) {
    a[i * SIZE + i] = 2 * SIZE;
    for (let j = 0; j < i; j++) a[j * SIZE + i] = a[i * SIZE + j];
  }
  return a;
}

function factor(backend: Backend): PreparedKernel {
  const A = denseMatrix(SIZE, SIZE, definite());
  let L = A;
  return {
    run: () => {
      const answer = cholesky(A, { backend });
      if (answer.status === 'complete') L = answer.L;
    },
    result: () => L.data,
  };
}

function plainFactor(): PreparedKernel {
  const [a, l] = [definite(), new Float64Array(SIZE * SIZE)];
  return {
    run: () => {
      for (let i = 0; i < SIZE; i++) {
        for (let j = 0; j <= i; j++) {
          let sum = a[i * SIZE + j];
          for (let k = 0; k < j; k++) sum -= l[i * SIZE + k] * l[j * SIZE + k];
          l[i * SIZE + j] = i === j ? Math.sqrt(sum) : sum / l[j * SIZE + j];
        }
      }
    },
    result: () => l.slice(),
  };
}

/** Kernels of dense matrices. */
export const productKernels: readonly Kernel[] = [
  {
    name: 'A B, dense',
    size: `${SIZE} x ${SIZE}`,
    operations: 2 * SIZE * SIZE * SIZE,
    // n u |A| |B| <= n^2 u an entry in any order, against a largest entry above 1.
    tolerance: 2 * SIZE * SIZE * Number.EPSILON,
    versions: [
      { label: 'WebAssembly', kind: 'ours', prepare: () => product('wasm') },
      { label: 'TypeScript', kind: 'twin', prepare: () => product('js') },
      { label: 'plain loop', kind: 'plain', prepare: plainProduct },
      { label: 'ml-matrix', kind: 'peer', prepare: mlProduct },
    ],
    native: [plainC('gemm'), openBlas('gemm')],
    input: () => joined(left(), right()),
    sizes: [SIZE],
  },
  {
    name: "X' X, dense",
    size: `${TALL} x ${WIDE}`,
    operations: TALL * WIDE * WIDE,
    // m u |X|' |X| <= m^2 u an entry, against a diagonal of about m / 3.
    tolerance: 6 * TALL * Number.EPSILON,
    versions: [
      { label: 'WebAssembly', kind: 'ours', prepare: () => gram('wasm') },
      { label: 'TypeScript', kind: 'twin', prepare: () => gram('js') },
      { label: 'plain loop', kind: 'plain', prepare: plainGram },
      { label: 'ml-matrix', kind: 'peer', prepare: mlGram },
    ],
    native: [plainC('symmetric-product'), openBlas('symmetric-product')],
    input: tall,
    sizes: [TALL, WIDE],
  },
  {
    name: 'Cholesky',
    size: `${SIZE} x ${SIZE}`,
    operations: (SIZE * SIZE * SIZE) / 3,
    // Each factor is that of A + E with |E| <= (n + 1) u |L| |L|'; the condition number, below 3, passes on 9 times that.
    tolerance: 2 * 9 * (SIZE + 1) * Number.EPSILON,
    versions: [
      { label: 'WebAssembly', kind: 'ours', prepare: () => factor('wasm') },
      { label: 'TypeScript', kind: 'twin', prepare: () => factor('js') },
      { label: 'plain loop', kind: 'plain', prepare: plainFactor },
    ],
    native: [plainC('cholesky'), openBlas('cholesky')],
    input: definite,
    sizes: [SIZE],
  },
];
