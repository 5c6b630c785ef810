import type { Codes } from './symbols.js';

/** The letters of a pattern, numbered 0, 1, ... from the most frequent one on. */
export interface Alphabet {
  /** Number of different letters, >= 1. */
  readonly size: number;
  /** How often each letter stands in the pattern; length `size`. */
  readonly counts: Uint32Array;
  /** The number of each symbol, in the narrowest array; `size` for symbols that are no letter of the pattern. */
  encode(symbols: Codes): Codes;
}

/** Largest symbol that is looked up in a table instead of a map. */
const TABLE_LIMIT = 65535;

/**
 * Makes the narrowest array for numbers up to a bound.
 *
 * @param bound - largest number it will hold
 * @param length - number of entries
 * @returns the array, all 0
 */
export function narrowest(bound: number, length: number): Codes {
  if (bound <= 255) return new Uint8Array(length);
  return bound <= 65535 ? new Uint16Array(length) : new Uint32Array(length);
}

/**
 * Numbers the letters of a pattern by falling frequency, equal ones by rising symbol.
 *
 * @param pattern - at least one symbol
 * @returns the alphabet
 */
export function alphabetOf(pattern: Codes): Alphabet {
  const frequency = new Map<number, number>();
  let largest = 0;
  for (const symbol of pattern) {
    frequency.set(symbol, (frequency.get(symbol) ?? 0) + 1);
    if (symbol > largest) largest = symbol;
  }
  const letters = [...frequency].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const size = letters.length;
  const counts = Uint32Array.from(letters, ([, count]) => count);
  if (largest > TABLE_LIMIT) {
    const numbers = new Map(letters.map(([symbol], number) => [symbol, number]));
    return { size, counts, encode: (symbols) => encoded(symbols, size, (symbol) => numbers.get(symbol) ?? size) };
  }
  const table = new Uint32Array(largest + 1).fill(size);
  letters.forEach(([symbol], number) => {
    table[symbol] = number;
  });
  return { size, counts, encode: (symbols) => encoded(symbols, size, (s) => (s <= largest ? table[s] : size)) };
}

function encoded(symbols: Codes, size: number, number: (symbol: number) => number): Codes {
  const codes = narrowest(size, symbols.length);
  for (let i = 0; i < codes.length; i++) codes[i] = number(symbols[i]);
  return codes;
}

/**
 * Counts the letters of encoded symbols.
 *
 * @param codes - numbers 0 .. size
 * @param size - number of letters
 * @returns how often each number stands there; length size + 1, the last for symbols that are no letter
 */
export function letterCounts(codes: Codes, size: number): Float64Array {
  const counts = new Float64Array(size + 1);
  for (let i = 0; i < codes.length; i++) counts[codes[i]]++;
  return counts;
}
