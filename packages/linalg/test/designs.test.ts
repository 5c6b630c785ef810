import { digestArray, pow, randomStream } from '@lemmata/core';
import { firstDifference, naiveProduct, productErrorBound } from '@lemmata/testing';
import { describe, expect, test } from 'vitest';
import {
  type ArDesignOptions,
  arDesign,
  denseMatrix,
  linearOperator,
  regressionData,
  sparseTruth,
  toArrays,
  toMatrix,
  toSparse,
  type ZipfDesignOptions,
  zipfDesign,
} from '../src/index.js';

const norm = (x: Float64Array) => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));

describe('arDesign', () => {
  test('is the recursion of its definition, row by row', () => {
    const [rows, cols, rho] = [7, 5, 0.9];
    const design = arDesign({ rows, cols, correlation: rho, seed: 'a' });
    const stream = randomStream('a').fork('ar-design');
    const normals = Array.from({ length: cols }, () => Array.from({ length: rows }, () => stream.normal()));
    const expected = Array.from({ length: rows }, (_, i) => {
      const row = [normals[0][i]];
      for (let j = 1; j < cols; j++) row.push(rho * row[j - 1] + Math.sqrt(1 - rho * rho) * normals[j][i]);
      return row;
    });
    expect(design.layout).toBe('column');
    expect(firstDifference(toArrays(design).flat(), expected.flat())).toBe(-1);
    expect(toMatrix('A', design)).toEqual(design);
  });

  test('has unit variances and correlations rho^|i-j|', () => {
    const [rows, cols, rho] = [20000, 4, 0.5];
    const { data } = arDesign({ rows, cols, correlation: rho, seed: 3 });
    for (let j = 0; j < cols; j++) {
      for (let k = j; k < cols; k++) {
        let sum = 0;
        for (let i = 0; i < rows; i++) sum += data[j * rows + i] * data[k * rows + i];
        // A product of two standard normals with correlation c has mean c and variance 1 + c^2 <= 2.
        expect(Math.abs(sum / rows - [1, 0.5, 0.25, 0.125][k - j])).toBeLessThan(6 * Math.sqrt(2 / rows));
      }
    }
  });

  test('repeats columns when the correlation is 1, and with changing sign when it is -1', () => {
    const same = toArrays(arDesign({ rows: 4, cols: 3, correlation: 1 }));
    const turning = toArrays(arDesign({ rows: 4, cols: 3, correlation: -1 }));
    for (const [first, second, third] of same) expect([second, third]).toEqual([first, first]);
    for (const [first, second, third] of turning) expect([second, third]).toEqual([-first, first]);
  });

  test('without rows or columns', () => {
    expect(arDesign({ rows: 0, cols: 3, correlation: 0.5 }).data.length).toBe(0);
    expect(arDesign({ rows: 3, cols: 0, correlation: 0.5 }).data.length).toBe(0);
  });
});

describe('zipfDesign', () => {
  test('has the asked number of different columns in each row, which has length 1', () => {
    const design = zipfDesign({ rows: 300, cols: 1000, seed: 5 });
    expect([design.layout, design.rows, design.cols, design.data.length]).toEqual(['csc', 300, 1000, 4200]);
    expect(toMatrix('A', design)).toEqual(design);
    const { indptr, data } = toSparse(design, 'csr');
    for (let i = 0; i < 300; i++) {
      expect(indptr[i + 1] - indptr[i]).toBe(14);
      // Two norms of 14 squares and one division, each within 16 units of roundoff.
      expect(Math.abs(norm(data.subarray(indptr[i], indptr[i + 1])) - 1)).toBeLessThanOrEqual(40 * 2 ** -53);
    }
  });

  test('draws columns one after the other in proportion to rank^-1.1 among those left', () => {
    const rows = 40000;
    const { indptr } = zipfDesign({ rows, cols: 4, perRow: 2, seed: 7 });
    const weights = [1, 2, 3, 4].map((rank) => pow(rank, -1.1));
    const total = weights.reduce((sum, weight) => sum + weight);
    const p = weights.map((weight) => weight / total);
    for (let j = 0; j < 4; j++) {
      // First, or second after one of the others.
      const chance = p.reduce((sum, other, k) => (k === j ? sum : sum + (other * p[j]) / (1 - other)), p[j]);
      const deviation = Math.sqrt((chance * (1 - chance)) / rows);
      expect(Math.abs((indptr[j + 1] - indptr[j]) / rows - chance)).toBeLessThan(6 * deviation);
    }
  });

  test('has values 1 + Exp(1), columns rising, before rows are scaled', () => {
    const { indptr, data } = toSparse(zipfDesign({ rows: 20, cols: 50, perRow: 3, seed: 9 }));
    const draws = randomStream(9).fork('zipf-design').fork('values');
    for (let i = 0; i < 20; i++) {
      const row = Float64Array.from({ length: 3 }, () => 1 + draws.exponential());
      const scaled = row.map((value) => value / norm(row));
      expect(firstDifference(data.subarray(indptr[i], indptr[i + 1]), scaled)).toBe(-1);
    }
  });

  test('at the edges: all columns, one column, none', () => {
    expect(zipfDesign({ rows: 5, cols: 9, perRow: 9 }).indptr).toEqual(
      Int32Array.from({ length: 10 }, (_, j) => 5 * j),
    );
    expect(zipfDesign({ rows: 3, cols: 1, perRow: 1 }).data).toEqual(Float64Array.of(1, 1, 1));
    expect(zipfDesign({ rows: 3, cols: 2, perRow: 0 }).indptr).toEqual(Int32Array.of(0, 0, 0));
    expect(zipfDesign({ rows: 0, cols: 20 }).data.length).toBe(0);
    expect(zipfDesign({ rows: 4, cols: 0, perRow: 0 }).indptr).toEqual(Int32Array.of(0));
  });
});

describe('sparseTruth and regressionData', () => {
  test('the truth alternates, evenly spaced', () => {
    expect(Array.from(sparseTruth(6, 3))).toEqual([1, 0, -1, 0, 1, 0]);
    expect(Array.from(sparseTruth(7, 2))).toEqual([1, 0, 0, -1, 0, 0, 0]);
    expect(Array.from(sparseTruth(3, 3))).toEqual([1, -1, 1]);
    expect(Array.from(sparseTruth(2, 0))).toEqual([0, 0]);
    expect(sparseTruth(0, 0).length).toBe(0);
  });

  test('one coefficient in 50 is not 0, and at least one', () => {
    const support = (cols: number) =>
      regressionData(denseMatrix(0, cols, [])).truth.reduce((count, value) => count + Math.abs(value), 0);
    expect([500, 149, 50, 10, 1, 0].map(support)).toEqual([10, 2, 1, 1, 1, 0]);
  });

  test('the signal is three times as long as the noise, on dense and sparse designs', () => {
    for (const design of [
      arDesign({ rows: 60, cols: 300, correlation: 0.5, seed: 1 }),
      zipfDesign({ rows: 200, cols: 300, seed: 1 }),
    ]) {
      const { b, truth } = regressionData(design, 4);
      const signal = new Float64Array(design.rows);
      linearOperator(design).apply(truth, signal);
      const noise = b.map((value, i) => value - signal[i]);
      // Adding and taking off the signal moves the noise by 2u |b| <= 8u |e|; four norms of m squares by (m/2 + 2)u each.
      const tolerance = (2 * design.rows + 32) * 2 ** -53;
      expect(Math.abs(norm(signal) / (3 * norm(noise)) - 1)).toBeLessThanOrEqual(tolerance);
      const rows = toArrays(design);
      const bound = productErrorBound(rows, truth);
      naiveProduct(rows, truth).forEach((value, i) => {
        expect(Math.abs(value - signal[i])).toBeLessThanOrEqual(bound[i]);
      });
    }
  });

  test('without signal there is no noise', () => {
    expect(regressionData([[0], [0]], 1).b).toEqual(Float64Array.of(0, 0));
    expect(regressionData([[], []], 1).b).toEqual(Float64Array.of(0, 0));
  });

  test('noise depends on the seed, the truth does not; 42 and "42" are one seed', () => {
    const design = arDesign({ rows: 5, cols: 5, correlation: 0, seed: 42 });
    expect(arDesign({ rows: 5, cols: 5, correlation: 0, seed: '42' })).toEqual(design);
    expect(regressionData(design, 1).b).not.toEqual(regressionData(design, 2).b);
    expect(regressionData(design, 1).truth).toEqual(regressionData(design, 2).truth);
    expect(regressionData(design)).toEqual(regressionData(design, 0));
  });
});

describe('refusals', () => {
  const ar = { rows: 2, cols: 2, correlation: 0.5 };
  const zipf = { rows: 2, cols: 20 };
  const cases: readonly [string, () => unknown, string, string][] = [
    ['no options', () => arDesign(undefined as never), 'ERR_OPTION', 'options.rows: expected an integer'],
    ['no rows', () => arDesign({ ...ar, rows: undefined } as never), 'ERR_OPTION', 'options.rows: expected an integer'],
    ['half a column', () => arDesign({ ...ar, cols: 0.5 }), 'ERR_OPTION', 'options.cols: expected an integer'],
    ['too many entries', () => arDesign({ ...ar, rows: 65536, cols: 32768 }), 'ERR_OPTION', 'integer in [0, 32767]'],
    [
      'a correlation above 1',
      () => arDesign({ ...ar, correlation: 1.01 }),
      'ERR_OPTION',
      'options.correlation: expected a finite number in [-1, 1], got 1.01',
    ],
    ['no correlation', () => arDesign({ rows: 1, cols: 1 } as ArDesignOptions), 'ERR_OPTION', 'options.correlation'],
    ['a seed', () => arDesign({ ...ar, seed: Number.NaN }), 'ERR_OPTION', 'options.seed'],
    ['an unknown option', () => arDesign({ ...ar, rho: 1 } as never), 'ERR_OPTION', 'options.rho'],
    ['no columns', () => zipfDesign({ rows: 2 } as ZipfDesignOptions), 'ERR_OPTION', 'options.cols'],
    [
      'more entries in a row than columns',
      () => zipfDesign({ rows: 2, cols: 13 }),
      'ERR_OPTION',
      'options.perRow: expected an integer in [0, 13], got 14',
    ],
    ['an unknown option', () => zipfDesign({ ...zipf, exponent: 2 } as never), 'ERR_OPTION', 'options.exponent'],
    ['a support that does not fit', () => sparseTruth(3, 4), 'ERR_INPUT', 'support: expected an integer in [0, 3]'],
    ['a negative size', () => sparseTruth(-1, 0), 'ERR_INPUT', 'cols: expected an integer in'],
    ['a design with NaN', () => regressionData([[Number.NaN]]), 'ERR_NOT_FINITE', 'design[0][0]: expected a finite'],
    ['a seed of the noise', () => regressionData([[1]], null as never), 'ERR_OPTION', 'options.seed'],
  ];
  for (const [what, call, code, message] of cases) {
    test(what, () => {
      expect(call).toThrow(message);
      expect(call).toThrow(expect.objectContaining({ code }));
    });
  }
});

describe('the same bits in every engine', () => {
  test('AR', async () => {
    const design = arDesign({ rows: 50, cols: 200, correlation: 0.5, seed: 1 });
    const { b } = regressionData(design, 1);
    expect([await digestArray(design.data), await digestArray(b)]).toEqual([
      'fbddaae79e91277c615a1c76ae57963da1d6b0b9c809fa50b64dbe7ae3e870ba',
      'a3bc7f5cc9d9ccedd28561e2be477418293e9f7c36c5cbe0236e305f75628216',
    ]);
  });

  test('Zipf, at the size of the benchmark', async () => {
    const design = zipfDesign({ rows: 5000, cols: 24000, seed: 1 });
    const { b } = regressionData(design, 1);
    const digests = [design.indptr, design.indices, design.data, b].map((array) => digestArray(array));
    expect(await Promise.all(digests)).toEqual([
      'd5d3dfde1c81a711c720e251ba342493b7da4e6adaa62ec7070a6e46d384c52e',
      'eca61deb93b2322ce4a7db0b81895f4ea4e2696e3871807f712b3fc0ec0fda7b',
      'eaad4c91baef9d48b82950116c55e20cd703d4f3da97db6a587f1e0f600ab838',
      '9d3db69f53a4b6825ea40b1e35b29d593152ad0e12bc585d531dcea6a14a7cc5',
    ]);
  });
});
