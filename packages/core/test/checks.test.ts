import { describe, expect, it } from 'vitest';
import {
  DimensionError,
  InvalidInputError,
  NumericalError,
  requireBoolean,
  requireInteger,
  requireNumber,
  requireOneOf,
  requireVector,
  resolveOptions,
} from '../src/index.js';

describe('checks', () => {
  it('accept what is right', () => {
    expect(requireNumber('x', -2.5)).toBe(-2.5);
    expect(requireInteger('n', 3, 1, 3)).toBe(3);
    expect(requireOneOf('w', 'b', ['a', 'b'])).toBe('b');
    expect(requireBoolean('f', false)).toBe(false);
    const given = Float32Array.of(1, 2.5);
    expect(requireVector('b', given, 2)).toEqual(Float64Array.of(1, 2.5));
    expect(requireVector('b', [3], 1)).toEqual(Float64Array.of(3));
    expect(requireVector('b', [])).toEqual(new Float64Array(0));
  });

  it('copy vectors', () => {
    const given = Float64Array.of(1, 2);
    requireVector('b', given)[0] = 9;
    expect(given[0]).toBe(1);
  });

  it.each<[() => unknown, string, string]>([
    [() => requireNumber('x', '1'), 'x: expected a finite number, got "1"', 'ERR_INPUT'],
    [
      () => requireNumber('options.lambda', -1, 0),
      'options.lambda: expected a finite number >= 0, got -1',
      'ERR_OPTION',
    ],
    [() => requireNumber('x', 3, 0, 2), 'x: expected a finite number in [0, 2], got 3', 'ERR_INPUT'],
    [() => requireInteger('n', 2.5), 'n: expected an integer >= 0, got 2.5', 'ERR_INPUT'],
    [() => requireInteger('n', 9, 1, 3), 'n: expected an integer in [1, 3], got 9', 'ERR_INPUT'],
    [
      () => requireOneOf('options.kind', null, ['a', 'b']),
      "options.kind: expected one of 'a', 'b', got null",
      'ERR_OPTION',
    ],
    [() => requireBoolean('options.f', 1), 'options.f: expected true or false, got 1', 'ERR_OPTION'],
    [() => requireVector('b', { length: 1 }), 'b: expected an array of numbers, got an object (Object)', 'ERR_INPUT'],
    [() => requireVector('b', 'text'), 'b: expected an array of numbers, got "text"', 'ERR_INPUT'],
    [
      () => requireVector('b', new BigInt64Array(1)),
      'b: expected an array of numbers, got BigInt64Array of length 1',
      'ERR_INPUT',
    ],
    [() => requireVector('b', [1, 2], 3, 'rows of A'), 'b: expected length 3 (rows of A), got 2', 'ERR_DIMENSION'],
    [() => requireVector('b', [1, Number.NaN]), 'b[1]: expected a finite number, got NaN', 'ERR_NOT_FINITE'],
    [() => requireVector('b', [1, '2']), 'b[1]: expected a finite number, got "2"', 'ERR_INPUT'],
    [() => requireVector('b', new Array(2)), 'b[0]: expected a finite number, got undefined', 'ERR_INPUT'],
  ])('refuse what is wrong, naming what was expected and what came (%#)', (call, message, code) => {
    expect(call).toThrow(expect.objectContaining({ message, code }));
  });

  it('carry the index of an entry that is not finite', () => {
    try {
      requireVector('b', Float64Array.of(0, 0, -Infinity));
      expect.unreachable();
    } catch (error) {
      expect((error as InvalidInputError).details).toMatchObject({ argument: 'b[2]', index: 2, actual: '-Infinity' });
    }
  });

  it('throw errors of the standard kinds with names', () => {
    expect(new DimensionError('x')).toBeInstanceOf(RangeError);
    expect(new InvalidInputError('x', 'ERR_INPUT')).toBeInstanceOf(TypeError);
    expect(String(new NumericalError('x'))).toBe('NumericalError: x');
  });
});

describe('options', () => {
  const DEFAULTS = { tolerance: 1e-6, initial: undefined as Float64Array | undefined };

  it('are completed, undefined counting as absent', () => {
    expect(resolveOptions('f', undefined, DEFAULTS)).toEqual(DEFAULTS);
    expect(resolveOptions('f', { tolerance: undefined }, DEFAULTS).tolerance).toBe(1e-6);
    expect(resolveOptions('f', { tolerance: 0.5 }, DEFAULTS).tolerance).toBe(0.5);
    expect(DEFAULTS.tolerance).toBe(1e-6);
  });

  it.each<[unknown, string]>([
    [{ tol: 1 }, 'options.tol: expected one of the options of f (initial, tolerance), got an unknown key'],
    [{ toString: 1 }, 'options.toString: expected one of the options of f'],
    [null, 'options: expected an object, got null'],
    [[], 'options: expected an object, got Array of length 0'],
  ])('refuse %o', (options, message) => {
    expect(() => resolveOptions('f', options as object, DEFAULTS)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), code: 'ERR_OPTION' }),
    );
  });
});
