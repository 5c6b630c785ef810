import { describe, expect, it } from 'vitest';
import { type Bounded, type Cell, comparedTime, geometricMean, nearTheFastest, timeRatio } from '../src/cells.js';
import { median } from '../src/execute-task.js';
import type { TaskRecord } from '../src/record.js';
import { formatNumber, formatRatio, formatSeconds, formatStatuses, formatTarget } from '../src/report/format.js';

const exact = (value: number): Bounded => ({ value, bound: '' });

describe('summaries', () => {
  it('the geometric mean is that of its members, a bound when one is, and nothing when bounds disagree', () => {
    // log and exp are each right to an ulp of values near 1: 8 eps is room for four of them.
    const mean = geometricMean([exact(2), exact(8)]);
    expect(Math.abs((mean?.value ?? 0) - 4)).toBeLessThanOrEqual(4 * 8 * Number.EPSILON);
    expect(mean?.bound).toBe('');
    expect(geometricMean([exact(2), { value: 8, bound: '>' }])?.bound).toBe('>');
    expect(
      geometricMean([
        { value: 2, bound: '<' },
        { value: 8, bound: '>' },
      ]),
    ).toBeNull();
    expect(geometricMean([])).toBeNull();
  });

  it('the median of an even number of values is the mean of the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it('a baseline is near the fastest where no solver takes less than two thirds of its time', () => {
    const cell = (...others: (Bounded | null)[]): Cell => {
      const entries = [exact(1), ...others].map((timeRatio, i) => ({
        label: i === 0 ? 'base' : `other ${i}`,
        timeRatio,
      }));
      return { entries } as unknown as Cell;
    };
    const near = (...cells: Cell[]) => nearTheFastest(cells, 'base');
    expect(near(cell(exact(2), exact(0.7)))).toEqual({ near: 1, of: 1 });
    expect(near(cell(exact(2), exact(0.6)), cell(exact(1)))).toEqual({ near: 1, of: 2 });
    // The other one missed its target; the baseline missed its own; nothing to compare with.
    expect(near(cell({ value: 3, bound: '>' }))).toEqual({ near: 1, of: 1 });
    expect(near(cell({ value: 0.9, bound: '<' }))).toEqual({ near: 0, of: 1 });
    expect(near(cell(null))).toEqual({ near: 0, of: 0 });
  });

  it('the compared time is the warm median, else the cold run, else the budget as a bound, else nothing', () => {
    const time = { setup: 0, cold: 2, warm: 1, warmMin: 1, evaluate: 0, cpu: 0, gc: 0 };
    const of = (changes: Partial<TaskRecord>): Bounded | null =>
      comparedTime({
        target: 1e-3,
        reached: true,
        status: 'target',
        time,
        budget: { maxSeconds: 60 },
        ...changes,
      } as TaskRecord);
    expect(of({})).toEqual(exact(1));
    expect(of({ time: { ...time, warm: null } })).toEqual(exact(2));
    expect(of({ reached: false, status: 'done' })).toEqual({ value: 60, bound: '>' });
    expect(of({ reached: false, status: 'error', time: null })).toEqual({ value: 60, bound: '>' });
    expect(of({ reached: false, status: 'unsupported', time: null })).toBeNull();
    expect(of({ reached: false, status: 'done', target: null })).toEqual(exact(1));
  });
});

describe('ratios of times', () => {
  const record = (warm: number | null, changes: Partial<TaskRecord> = {}): TaskRecord =>
    ({
      target: 1e-3,
      reached: warm !== null,
      status: warm === null ? 'budget' : 'target',
      time: { setup: 0, cold: 9, warm: warm ?? 60, warmMin: 1, evaluate: 0, cpu: 0, gc: 0 },
      budget: { maxSeconds: 60 },
      environmentId: 'here',
      ...changes,
    }) as TaskRecord;

  it('are the time divided by that of the baseline, with a bound where one was not reached', () => {
    expect(timeRatio(record(4.1), record(1))).toEqual({ value: 4.1, bound: '' });
    expect(timeRatio(record(1), record(1))).toEqual({ value: 1, bound: '' });
    expect(timeRatio(record(null), record(2))).toEqual({ value: 30, bound: '>' });
    expect(timeRatio(record(3), record(null))).toEqual({ value: 0.05, bound: '<' });
    expect(timeRatio(record(null), record(null))).toBeNull();
    expect(timeRatio(record(1), record(1, { environmentId: 'there' }))).toBeNull();
    expect(timeRatio(record(1), record(1, { status: 'skipped' }))).toBeNull();
  });
});

describe('numbers in tables', () => {
  it('have three digits and a unit', () => {
    expect([0, 1.5e-6, 0.0123, 0.9999, 1, 123.4, 4321].map(formatSeconds)).toEqual([
      '0.00 µs',
      '1.50 µs',
      '12.3 ms',
      '1000 ms',
      '1.00 s',
      '123 s',
      '4321 s',
    ]);
    expect([0, 1e-6, 0.5, 12345678.9, 1234567, Number.NaN, null].map(formatNumber)).toEqual([
      '0',
      '1.0e-6',
      '0.500',
      '1.2e+7',
      '1\u202f234\u202f567',
      'NaN',
      '–',
    ]);
    expect([0.01, 1e-6, 2.5e-10, null].map(formatTarget)).toEqual(['0.01', '1e-6', '2.5e-10', '–']);
    expect([exact(0.0042), exact(1), exact(12.34), { value: 250, bound: '>' as const }, null].map(formatRatio)).toEqual(
      ['0.0042×', '1.00×', '12.3×', '> 250×', '–'],
    );
    expect(formatStatuses(['target', 'target'])).toBe('target');
    expect(formatStatuses(['target', 'done', 'target'])).toBe('2 target, 1 done');
  });
});
