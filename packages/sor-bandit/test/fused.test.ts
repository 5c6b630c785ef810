import { toSparse } from '@lemmata/linalg';
import { expect, it } from 'vitest';
import { forwardSolve, sorResidual, sorSymmetric } from '../src/kernels/sweeps.js';
import { splitMatrix } from '../src/problem/split-matrix.js';
import { stream, symmetricRows, unsymmetricRows } from './references.js';

it('the symmetric sweep leaves the bits of the two loops, wherever the rows are cut', () => {
  const draws = stream('fused');
  for (let n = 1; n < 40; n++) {
    const A = splitMatrix(symmetricRows(draws, n));
    expect(A.symmetric).toBe(true);
    const start = Float64Array.from({ length: n }, () => draws.normal());
    const [r, s] = [start.slice(), start.slice()];
    const [delta, epsilon] = [new Float64Array(n), new Float64Array(n)];
    const omega = 2 * draws.uniform();
    const cut = draws.integer(n + 1);
    sorSymmetric(A, r, delta, omega, 0, cut);
    sorSymmetric(A, r, delta, omega, cut, n);
    forwardSolve(A, s, epsilon, omega, 0, n);
    sorResidual(A, epsilon, s, omega, 0, n);
    expect(r).toEqual(s);
    expect(delta).toEqual(epsilon);
  }
});

it('splitting takes a matrix apart without loss, dense or sparse', () => {
  const rows = unsymmetricRows(stream('split'), 17);
  const parts = splitMatrix(rows);
  expect(parts.symmetric).toBe(false);
  expect(splitMatrix(toSparse(rows, 'csc'))).toEqual(parts);
  const back = rows.map((row, i) => row.map((_, j) => (i === j ? parts.diagonal[i] : 0)));
  for (const { indptr, indices, data } of [parts.lower, parts.upper]) {
    for (let i = 0; i < 17; i++) for (let k = indptr[i]; k < indptr[i + 1]; k++) back[i][indices[k]] = data[k];
  }
  expect(back).toEqual(rows);
});
