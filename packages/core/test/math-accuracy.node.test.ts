import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { argumentsOf, FUNCTIONS, type FunctionName, toBits } from './fixtures/math/arguments.js';
import { scalarOf } from './fixtures/math/functions.js';

// The bound that each docstring derives, in ulp.
const PROMISED: Record<FunctionName, number> = {
  exp: 0.55,
  expm1: 0.7,
  log: 0.75,
  log1p: 0.75,
  pow: 0.58,
  sin: 0.62,
  cos: 0.62,
  tan: 0.7,
  tanh: 0.7,
};

// The stored fraction is cut to 1/64 ulp: the middle of the cell misses the true value by at most half a cell.
const HALF_CELL = 1 / 128;

interface Stored {
  /** Position of the double next below |true value|, modulo `modulus`. */
  readonly positions: Uint32Array;
  /** Where the true value lies on the way to the next double, in 1/64, cut. */
  readonly fractions: Uint32Array;
  readonly modulus: number;
}

function bytes(file: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`./fixtures/math/${file}`, import.meta.url)));
}

/** Reads the stored values of a function (format: fixtures/math/README.md). */
function storedValues(name: FunctionName): Stored {
  const cells = new Uint16Array(bytes(`${name}.bin`).buffer);
  const positions = Uint32Array.from(cells, (cell) => cell >> 6);
  const fractions = Uint32Array.from(cells, (cell) => cell & 63);
  if (name !== 'pow') {
    return { positions, fractions, modulus: 2 ** 10 };
  }
  const high = bytes('pow-high.bin');
  return { positions: positions.map((low, i) => high[i] * 1024 + low), fractions, modulus: 2 ** 18 };
}

/** Error of a result in ulp, measured from the middle of the stored cell. */
function errorOf(result: number, stored: Stored, i: number): number {
  const { positions, fractions, modulus } = stored;
  const position = Number(toBits(Math.abs(result)) % BigInt(modulus));
  const steps = ((position - positions[i] + 1.5 * modulus) % modulus) - modulus / 2;
  return steps - (fractions[i] + 0.5) / 64;
}

function worst(results: Float64Array, stored: Stored): { error: number; index: number } {
  let error = 0;
  let index = -1;
  for (let i = 0; i < results.length; i++) {
    const e = Math.abs(errorOf(results[i], stored, i));
    if (e > error) {
      error = e;
      index = i;
    }
  }
  return { error, index };
}

const hard = new Float64Array(bytes('hard-angles.bin').buffer);

describe.each(FUNCTIONS)('%s', (name) => {
  const { x, y } = argumentsOf(name, hard);
  const ours = scalarOf(name);
  const engine = name === 'pow' ? Math.pow : (a: number) => Math[name](a);
  const results = x.map((value, i) => ours(value, y[i]));
  const stored = storedValues(name);

  it('has at least 10^5 stored values', () => {
    expect(stored.positions.length).toBeGreaterThanOrEqual(100_000);
    expect(x.length).toBe(stored.positions.length);
  });

  it('has the sign and the neighbourhood of the engine, so that its position is unambiguous', () => {
    // The engine is our result up to its own error; 3/8 of the modulus is 384 ulp, and 98304 ulp for pow, whose engine
    // is off by more than 400 ulp near x = 1 (Node 20).
    const loose = BigInt((stored.modulus * 3) / 8);
    let far = 0;
    for (let i = 0; i < x.length; i++) {
      const a = results[i];
      const b = engine(x[i], y[i]);
      const distance = toBits(Math.abs(a)) - toBits(Math.abs(b));
      if (!Object.is(Math.sign(a), Math.sign(b)) || distance > loose || distance < -loose) {
        far += 1;
      }
    }
    expect(far).toBe(0);
  });

  it('keeps the promised bound', () => {
    const { error, index } = worst(results, stored);
    expect(error, `${name}(${x[index]}, ${y[index]}) = ${results[index]}`).toBeLessThanOrEqual(
      PROMISED[name] + HALF_CELL,
    );
  });

  it('is refused when a single result is off by 2 ulp', () => {
    for (const i of [0, 4321, 50_000, x.length - 1]) {
      for (const steps of [-2n, 2n]) {
        const bits = toBits(Math.abs(results[i])) + steps;
        if (bits < 0n) {
          continue;
        }
        const wrong = results.slice();
        wrong[i] = new Float64Array(new BigUint64Array([bits]).buffer)[0];
        const { error, index } = worst(wrong, stored);
        expect(index).toBe(i);
        expect(error).toBeGreaterThan(1);
      }
    }
  });
});
