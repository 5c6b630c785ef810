import { EVD, Matrix, MatrixSubView } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { fromMlMatrix, toMlMatrix } from '../src/dense/index.js';
import { denseMatrix, toArrays, toMatrix, toSparse, transpose } from '../src/index.js';

const entries = [
  [1, -2.5, 0],
  [0, 1e-300, 4],
];

describe('ml-matrix', () => {
  test('its matrices and views pass the door', () => {
    const matrix = new Matrix(entries);
    expect(toMatrix('A', matrix)).toEqual(denseMatrix(2, 3, entries.flat()));
    expect(toArrays(matrix.transpose())).toEqual(toArrays(transpose(denseMatrix(2, 3, entries.flat()))));
    expect(toArrays(new MatrixSubView(matrix, 0, 1, 1, 2))).toEqual([
      [-2.5, 0],
      [1e-300, 4],
    ]);
    expect(() => toMatrix('A', new Matrix([[1, Number.NaN]]))).toThrow('A[0][1]: expected a finite number, got NaN');
  });

  test('there and back gives the same entries, in fresh memory', () => {
    const matrix = denseMatrix(2, 3, entries.flat());
    const theirs = toMlMatrix(matrix);
    expect(theirs).toBeInstanceOf(Matrix);
    expect(theirs.to2DArray()).toEqual(entries);
    expect(fromMlMatrix(theirs)).toEqual(matrix);
    theirs.set(0, 0, 9);
    expect(matrix.data[0]).toBe(1);
    expect(toMlMatrix(toSparse(matrix, 'csc')).to2DArray()).toEqual(entries);
  });

  test('shapes without rows or columns go both ways', () => {
    for (const matrix of [denseMatrix(0, 0, []), denseMatrix(2, 0, []), denseMatrix(0, 3, [])]) {
      expect(fromMlMatrix(toMlMatrix(matrix))).toEqual(matrix);
    }
  });

  test('what is no matrix is refused by both', () => {
    expect(() => toMlMatrix([[1], [2, 3]])).toThrow('matrix[1]: expected length 1 (that of matrix[0]), got 2');
    expect(() => fromMlMatrix(undefined as unknown as Matrix)).toThrow('matrix: expected a matrix');
  });

  test('its factorisations take what we make', () => {
    const { realEigenvalues } = new EVD(toMlMatrix(denseMatrix(2, 2, [2, 1, 1, 2])));
    // Eigenvalues 1 and 3 of a symmetric matrix move by at most the rounding, n^2 eps |A| = 4 * 2^-52 * 3.
    const sorted = [...realEigenvalues].sort((a, b) => a - b);
    expect(Math.abs(sorted[0] - 1)).toBeLessThanOrEqual(12 * Number.EPSILON);
    expect(Math.abs(sorted[1] - 3)).toBeLessThanOrEqual(12 * Number.EPSILON);
  });
});
