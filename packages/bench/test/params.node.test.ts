import { describe, expect, it } from 'vitest';
import { listParams, readParams } from '../src/params.js';
import { combinations } from '../src/plan-suites.js';
import { hidePrivate } from '../src/privacy.js';

const rules = { rho: [0.5, 0.9], rows: { default: 500, min: 1, integer: true }, kind: ['ar', 'zipf'] } as const;

describe('parameters', () => {
  it('are completed with defaults and read back as themselves', () => {
    const values = readParams('dataset ar', { rows: 20 }, rules);
    expect(values).toEqual({ rho: 0.5, rows: 20, kind: 'ar' });
    expect(readParams('dataset ar', values, rules)).toEqual(values);
    expect(listParams(values)).toBe('rho 0.5, rows 20, kind ar');
  });

  it.each([
    [{ rows: 0 }, 'params.rows: expected an integer >= 1 (dataset ar), got 0'],
    [{ rows: 2.5 }, 'got 2.5'],
    [{ rows: 'many' }, 'got "many"'],
    [{ rho: 0.7 }, 'params.rho: expected one of 0.5, 0.9 (dataset ar), got 0.7'],
    [
      { columns: 3 },
      'params.columns: expected one of the parameters of dataset ar (kind, rho, rows), got an unknown name',
    ],
  ])('%j are refused', (given, message) => {
    expect(() => readParams('dataset ar', given, rules)).toThrow(message);
  });

  it('of a suite are crossed, the last name fastest, then come its cells', () => {
    expect(combinations({ module: 'm', params: { a: [1, 2], b: ['x', 'y'] }, cells: [{ a: 7 }] })).toEqual([
      { a: 1, b: 'x' },
      { a: 1, b: 'y' },
      { a: 2, b: 'x' },
      { a: 2, b: 'y' },
      { a: 7 },
    ]);
    expect(combinations({ module: 'm', cells: [{ a: 7 }] })).toEqual([{ a: 7 }]);
    expect(combinations({ module: 'm' })).toEqual([{}]);
  });
});

describe('what is private', () => {
  it.each([
    ['at run (/srv/data/lab/solver.js:3:7)', 'at run (solver.js:3:7)'],
    ['at file:///srv/data/lab/solver.js:3:7', 'at solver.js:3:7'],
    ["no such file '/srv/data/a.csv'", "no such file 'a.csv'"],
    ['C:\\Users\\someone\\a.csv is not there', 'a.csv is not there'],
    ['see https://example.org/a/b and 1/2 of it', 'see https://example.org/a/b and 1/2 of it'],
    [`in ${process.cwd()}/src/x.js`, 'in x.js'],
  ])('%s', (text, shown) => {
    expect(hidePrivate(text)).toBe(shown);
  });
});
