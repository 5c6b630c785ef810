import { type Backend, randomStream } from '@lemmata/core';
import { cholesky, choleskySolve } from '@lemmata/linalg';
import { firstDifference } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { MOST_COLUMNS, ProductTable } from '../src/inner/product-table.js';
import { SupportFactor } from '../src/inner/support-factor.js';
import { lassoProblem, loadProblem } from '../src/problem/lasso-problem.js';
import { openDesign } from '../src/problem/open-design.js';
import { SliceMeter } from '../src/slices.js';
import { centred, testProblem } from './problems.js';

/** The value that a generator of slices returns. */
function finish<T>(slices: Generator<'slice', T, void>): T {
  for (;;) {
    const step = slices.next();
    if (step.done === true) return step.value;
  }
}

/** A table over a random design, and the columns that it holds by the definition. */
function open(seed: string, m: number, n: number, density: number, intercept: boolean, backend: Backend) {
  const { rows, dense, sparse, b } = testProblem(seed, m, n, density, 0.5);
  const needs = { intercept, weights: undefined, penalised: false };
  const opened = openDesign(density < 1 ? sparse : dense, needs, backend, true);
  const problem = lassoProblem(opened, b);
  finish(loadProblem(problem, opened, undefined));
  const columns = intercept ? centred(rows, b).rows : rows;
  const table = new ProductTable(problem);
  const dispose = () => {
    table.dispose();
    opened.dispose();
  };
  const product = (i: number, j: number) => columns.reduce((sum, row) => sum + row[i] * row[j], 0);
  const length = (j: number) => Math.sqrt(product(j, j));
  return { problem, table, product, length, dispose };
}

describe.each([
  { density: 1, intercept: false },
  { density: 1, intercept: true },
  { density: 0.2, intercept: false },
  { density: 0.2, intercept: true },
])('a table of products, density $density, intercept $intercept', ({ density, intercept }) => {
  it('holds the products of columns, whatever the order they came in, with the same bits on both backends', () => {
    const [m, n] = [530, 90];
    const sides = (['js', 'wasm'] as const).map((backend) => open('table', m, n, density, intercept, backend));
    const residuals = sides.map(({ problem }) => problem.design.work.residual.slice());
    const groups = [[3, 80, 5], [7], [80, 3, 11, 12, 13, 60, 61, 62, 63, 64], Array.from({ length: n }, (_, j) => j)];
    for (const group of groups) {
      for (const { table } of sides) {
        const ids = Int32Array.from(group);
        if (table.held < n) expect(table.cost(ids)).toBeGreaterThan(0);
        finish(table.take(ids, new SliceMeter()));
        expect(table.cost(ids)).toBe(0);
      }
    }
    const [js, wasm] = sides;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const at = ({ table }: typeof js) =>
          table.memory.arena.views.products[table.slot(i) * table.memory.room + table.slot(j)];
        // Sums of m products on either side, and of centred columns whose means are right to a few units of rounding.
        const rounding = 4 * (m + 8) * Number.EPSILON * js.length(i) * js.length(j) * (intercept ? 4 : 1);
        expect(Math.abs(at(js) - js.product(i, j))).toBeLessThanOrEqual(rounding);
        expect(at(wasm)).toBe(at(js));
      }
    }
    sides.forEach(({ problem, dispose }, k) => {
      expect(problem.counts.crossProducts).toBe((n * (n + 1)) / 2);
      expect(firstDifference(problem.design.work.residual, residuals[k])).toBe(-1);
      dispose();
    });
  });
});

it('forgets columns that no longer fit', () => {
  const n = MOST_COLUMNS + 40;
  const { problem, table, product, dispose } = open('table/full', 3, n, 1, false, 'js');
  const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, k) => from + k);
  finish(table.take(range(0, MOST_COLUMNS - 10), new SliceMeter()));
  expect(table.cost(range(0, n))).toBe(Infinity);
  const wanted = range(MOST_COLUMNS - 60, n);
  expect(table.cost(wanted)).toBeLessThan(Infinity);
  finish(table.take(wanted, new SliceMeter()));
  expect([table.held, table.forgotten]).toEqual([wanted.length, 1]);
  const { arena, room } = table.memory;
  for (const i of wanted) {
    const got = arena.views.products[table.slot(i) * room + table.slot(wanted[0])];
    expect(Math.abs(got - product(i, wanted[0]))).toBeLessThan(1e-14);
  }
  expect(table.slot(0)).toBe(-1);
  expect(problem.counts.crossProducts).toBeGreaterThan(0);
  dispose();
});

describe('the factor of a support', () => {
  it('solves as a new factorisation does, after columns have come and gone', () => {
    const [m, n] = [150, 100];
    const sides = (['js', 'wasm'] as const).map((backend) => {
      const side = open('factor', m, n, 1, false, backend);
      finish(
        side.table.take(
          Int32Array.from({ length: n }, (_, j) => j),
          new SliceMeter(),
        ),
      );
      return { ...side, factor: new SupportFactor(side.problem, side.table) };
    });
    const stream = randomStream('factor/sets');
    let kept = new Set<number>();
    let gradual = 0;
    for (let round = 0; round < 60; round++) {
      if (round % 20 === 0) kept = new Set(Array.from({ length: 70 }, () => Math.floor(n * stream.uniform())));
      for (let k = 0; k < 3; k++) {
        const j = Math.floor(n * stream.uniform());
        if (!kept.delete(j)) kept.add(j);
      }
      const support = Int32Array.from(kept).sort();
      const size = support.length;
      const right = Float64Array.from(support, () => stream.uniform() - 0.5);
      const { product } = sides[0];
      const gram = Array.from(support, (i) => Array.from(support, (j) => product(i, j)));
      const factorised = cholesky(gram);
      if (factorised.status !== 'complete') throw new Error('expected independent columns');
      const exact = choleskySolve(factorised, right);
      const answers = sides.map(({ factor, table }) => {
        const before = factor.members.slice();
        expect(factor.cost(support)).toBeGreaterThan(0);
        expect(finish(factor.take(support, new SliceMeter()))).toBe(true);
        const members = factor.members;
        expect(Array.from(members).sort((p, q) => p - q)).toEqual(Array.from(support));
        // Rows of columns that stayed are still in their old order, unless all was done anew.
        if (before.filter((j) => kept.has(j)).every((j, k) => members[k] === j)) gradual++;
        const { step } = table.memory.arena.views;
        for (let i = 0; i < size; i++) step[i] = right[support.indexOf(members[i])];
        const square = right.reduce((sum, value) => sum + value * value, 0);
        factor.solve(step);
        // d'(G)d with G d = b is b . d.
        const solution = step.slice(0, size);
        const energy = factor.square(solution);
        let along = 0;
        for (let i = 0; i < size; i++) along += solution[i] * right[support.indexOf(members[i])];
        expect(Math.abs(energy - along)).toBeLessThanOrEqual(1e-9 * Math.abs(along) + 1e-12 * square);
        return Float64Array.from(support, (j) => solution[members.indexOf(j)]);
      });
      expect(firstDifference(answers[0], answers[1])).toBe(-1);
      // Both are backward stable, and the columns, 100 of 150 uniform draws, have a condition number under 1e6 squared.
      const scale = Math.hypot(...exact);
      expect(Math.hypot(...exact.map((value, i) => value - answers[0][i]))).toBeLessThanOrEqual(1e-8 * scale);
    }
    expect(gradual).toBeGreaterThan(60);
    for (const { dispose } of sides) dispose();
  });

  it('refuses columns that others span, and begins anew when the ridge changes', () => {
    const { rows, b } = testProblem('factor/dependent', 20, 6, 1, 0);
    const spanned = rows.map((row) => [...row, row[0] - row[3]]);
    for (const backend of ['js', 'wasm'] as const) {
      const needs = { intercept: false, weights: undefined, penalised: true };
      const opened = openDesign(
        { layout: 'row', rows: 20, cols: 7, data: Float64Array.from(spanned.flat()) },
        needs,
        backend,
        true,
      );
      const problem = lassoProblem(opened, b);
      finish(loadProblem(problem, opened, undefined));
      const table = new ProductTable(problem);
      finish(table.take(Int32Array.of(0, 1, 2, 3, 4, 5, 6), new SliceMeter()));
      const factor = new SupportFactor(problem, table);
      expect(finish(factor.take(Int32Array.of(0, 1, 2, 3), new SliceMeter()))).toBe(true);
      expect(finish(factor.take(Int32Array.of(0, 1, 2, 3, 6), new SliceMeter()))).toBe(false);
      expect(finish(factor.take(Int32Array.of(0, 1, 2), new SliceMeter()))).toBe(true);
      problem.penalty.set(1, 0.5);
      expect(finish(factor.take(Int32Array.of(0, 3, 6), new SliceMeter()))).toBe(true);
      const unit = Float64Array.of(0, 1, 0);
      const column = spanned.map((row) => row[factor.members[1]]);
      expect(factor.square(unit)).toBeCloseTo(
        column.reduce((sum, value) => sum + value * value, 0.5),
        10,
      );
      table.dispose();
      opened.dispose();
    }
  });
});
