import { describe, expect, it } from 'vitest';
import {
  type CompletionInstance,
  type CompletionSolution,
  entryOf,
  heldOutRmse,
  objectiveOf,
  problem,
} from '../dist/matrix-completion/completion.js';
import { dataset as lowRank } from '../dist/matrix-completion/datasets/low-rank.js';
import { dataset as ratings } from '../dist/matrix-completion/datasets/ratings.js';
import { readVotes, dataset as senate } from '../dist/matrix-completion/datasets/senate.js';
import { shown } from '../dist/matrix-completion/solvers/shown.js';

const seed = '0';

/** 2 x 2: entries (0, 0) = 3, (0, 1) = 1 and (1, 0) = 2 are seen, (1, 1) = 4 is held back. */
const instance: CompletionInstance = {
  rows: 2,
  cols: 2,
  rowOf: Int32Array.of(0, 0, 1),
  colOf: Int32Array.of(0, 1, 0),
  values: Float64Array.of(3, 1, 2),
  heldRowOf: Int32Array.of(1),
  heldColOf: Int32Array.of(1),
  heldValues: Float64Array.of(4),
  rank: 1,
  lambda: 0.5,
  biased: 1,
  rounds: 1,
};

const solution: CompletionSolution = {
  U: Float64Array.of(1, 2),
  V: Float64Array.of(1, -1),
  rowBiases: Float64Array.of(0.5, 0),
  colBiases: Float64Array.of(0, 1),
  mean: 2,
};

describe('the evaluation of a completion', () => {
  it('gives the errors that a hand computes', () => {
    // Entries: 2 + 0.5 + 0 + 1 = 3.5, 2 + 0.5 + 1 - 1 = 2.5, 2 + 0 + 0 + 2 = 4, 2 + 0 + 1 - 2 = 1.
    expect([0, 1].map((i) => [0, 1].map((j) => entryOf(solution, i, j)))).toEqual([
      [3.5, 2.5],
      [4, 1],
    ]);
    const metrics = problem({}).evaluate(instance, solution);
    // Held back: |4 - 1| = 3; the mean of what is seen, 2, is wrong by 2.
    expect(metrics['heldOutRmse']).toBe(3);
    expect(metrics['heldOutError']).toBe(3 / 2);
    // Seen: -0.5, -1.5, -2. The squares sum to 6.5.
    expect(metrics['observedRmse']).toBeCloseTo(Math.sqrt(6.5 / 3), 15);
    // Rows have 2 and 1 entries: 2 (1 + 0.25) + 1 (4 + 0) = 6.5; columns 2 and 1: 2 (1 + 0) + 1 (1 + 1) = 4.
    expect(metrics['objective']).toBe(6.5 + 0.5 * 10.5);
  });

  it('takes the mean alone for the solution that costs nothing', () => {
    const trivial = problem({}).trivialSolution(instance);
    expect(trivial.mean).toBe(2);
    expect(problem({}).evaluate(instance, trivial)['heldOutError']).toBe(1);
    problem({}).verify(instance, trivial);
  });

  it('refuses what is worse than the mean, not finite, or of another length', () => {
    const { verify } = problem({});
    expect(() => verify(instance, solution)).toThrow('U, V: expected an error <= 2');
    expect(() => verify(instance, { ...solution, U: Float64Array.of(1, Number.NaN) })).toThrow('U[1]');
    expect(() => verify(instance, { ...solution, V: Float64Array.of(1) })).toThrow('V: expected length 2, got 1');
  });

  it('shows a peer nothing that was held back', () => {
    expect(Object.keys(shown(instance)).filter((key) => key.startsWith('held'))).toEqual([]);
  });
});

/** Every place of both parts, as a number. */
function placesOf({ cols, rowOf, colOf, heldRowOf, heldColOf }: Omit<CompletionInstance, 'rank'>): Set<number> {
  const places = new Set<number>();
  rowOf.forEach((i, e) => {
    places.add(i * cols + colOf[e]);
  });
  heldRowOf.forEach((i, e) => {
    places.add(i * cols + heldColOf[e]);
  });
  return places;
}

describe('the data sets', () => {
  it('have the votes of the source', async () => {
    const { rows, cols, values, senators } = await readVotes();
    expect([rows, cols, senators.length]).toEqual([101, 645, 101]);
    const votes = Array.from(values);
    expect(votes.filter((vote) => vote === 1).length).toBe(40123);
    expect(votes.filter((vote) => vote === -1).length).toBe(22619);
  });

  it.each([
    ['senate', senate({})],
    ['ratings', ratings({ rows: 200, cols: 100, entries: 4000 })],
    ['low-rank', lowRank({ rows: 60, cols: 50, rank: 2 })],
  ])('hold back a part of %s and leave an entry in each row and column', async (_, { generate, describe: shape }) => {
    const input = await generate({ seed });
    const { rows, cols, rowOf, colOf, values, heldValues } = input;
    expect(new Set(rowOf).size).toBe(rows);
    expect(new Set(colOf).size).toBe(cols);
    expect(heldValues.length).toBeGreaterThan(0.05 * values.length);
    expect(placesOf({ ...input, lambda: 0, biased: 0, rounds: 1 }).size).toBe(values.length + heldValues.length);
    expect(shape?.(input)).toEqual({ shape: [rows, cols], nnz: values.length });
    expect(await generate({ seed })).toEqual(input);
  });

  it('have ratings of half stars, popular columns and busy rows', async () => {
    const { rows, cols, rowOf, colOf, values } = await ratings({ rows: 400, cols: 200, entries: 8000 }).generate({
      seed,
    });
    for (const value of values)
      expect([value >= 0.5, value <= 5, Number.isInteger(2 * value)]).toEqual([true, true, true]);
    const degree = (lines: Int32Array, count: number) => {
      const degrees = new Int32Array(count);
      for (const line of lines) degrees[line]++;
      return degrees.sort();
    };
    for (const degrees of [degree(rowOf, rows), degree(colOf, cols)]) {
      expect(degrees[degrees.length - 1]).toBeGreaterThan(3 * degrees[degrees.length >> 1]);
    }
  });

  it('have a matrix whose minors of rank 3 vanish when its rank is 2', async () => {
    const input = await lowRank({ rows: 8, cols: 8, rank: 2, kappa: 3, oversampling: 20 }).generate({ seed });
    const table = Array.from({ length: 8 }, () => new Float64Array(8));
    input.values.forEach((value, e) => {
      table[input.rowOf[e]][input.colOf[e]] = value;
    });
    input.heldValues.forEach((value, e) => {
      table[input.heldRowOf[e]][input.heldColOf[e]] = value;
    });
    const [[a, b, c], [d, e, f], [g, h, i]] = table;
    const minor = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
    expect(Math.abs(a * e - b * d)).toBeGreaterThan(1e-3);
    expect(Math.abs(minor)).toBeLessThan(1e-12);
  });
});

describe('the helpers of the evaluation', () => {
  it('agree with the metrics', () => {
    const metrics = problem({}).evaluate(instance, solution);
    expect(heldOutRmse(instance, solution)).toBe(metrics['heldOutRmse']);
    expect(objectiveOf(instance, solution)).toBe(metrics['objective']);
  });
});
