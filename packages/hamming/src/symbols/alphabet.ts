import { lowerCase, type Reading } from './reading.js';
import { type Codes, narrowest } from './symbols.js';

// A class is what one symbol of a pattern accepts; letters are symbols of texts that no class tells apart. Without
// wildcards and classes of the caller's, class c accepts letter c alone.

/** Lists of numbers, one after the other: list i is entries[starts[i]] to entries[starts[i + 1] - 1]. */
export interface Lists {
  /** Where each list begins, and the end of the last. */
  readonly starts: Int32Array;
  /** The numbers. */
  readonly entries: Int32Array;
}

/** The classes of a pattern and the letters of texts. */
export interface Alphabet {
  /** Number of classes, numbered 0, 1, ... from the most frequent in the pattern on. */
  readonly classes: number;
  /** How often each class stands in the pattern. */
  readonly counts: Uint32Array;
  /** Number of letters; a symbol that no class accepts has the number `letters`. */
  readonly letters: number;
  /** The letters of each class. */
  readonly lettersOf: Lists;
  /** The classes of each letter; one more list, empty, for symbols that no class accepts. */
  readonly classesOf: Lists;
  /** Whether class c accepts letter c and nothing else, for all of them. */
  readonly simple: boolean;
  /** Pattern positions that are no wildcard, rising. */
  readonly positions: Int32Array;
  /** The class at each of them. */
  readonly codes: Codes;
  /** The letters of a text, in the narrowest array. */
  encode(text: Codes): Codes;
}

/** Different bytes. */
const BYTES = 256;
/** Largest symbol that is looked up in a table instead of a map. */
const TABLE_LIMIT = 65535;

function listsOf(groups: readonly (readonly number[])[]): Lists {
  const starts = new Int32Array(groups.length + 1);
  groups.forEach((group, i) => {
    starts[i + 1] = starts[i] + group.length;
  });
  const entries = new Int32Array(starts[groups.length]);
  groups.forEach((group, i) => {
    entries.set(group, starts[i]);
  });
  return { starts, entries };
}

/**
 * Numbers the classes of a pattern by falling frequency, equal ones by rising symbols, and the letters that they tell
 * apart.
 *
 * @param pattern - the symbols
 * @param reading - wildcards, classes and case
 * @returns the alphabet
 */
export function alphabetOf(pattern: Codes, reading: Reading): Alphabet {
  const fold = reading.ignoreCase ? lowerCase : (symbol: number) => symbol;
  const frequency = new Map<number, number>();
  let wild = 0;
  const given = countSymbols(pattern);
  for (const [symbolGiven, count] of given) {
    const symbol = fold(symbolGiven);
    if (symbol === reading.patternWildcard) wild += count;
    else frequency.set(symbol, (frequency.get(symbol) ?? 0) + count);
  }
  const accepted = (symbol: number): readonly number[] => reading.classes.get(symbol) ?? [symbol];

  // Symbols that accept the same are one class.
  const bySet = new Map<
    string | number,
    { count: number; readonly symbols: readonly number[]; readonly of: number[] }
  >();
  for (const [symbol, count] of frequency) {
    const symbols = accepted(symbol);
    const key = symbols.length === 1 ? symbols[0] : symbols.join(',');
    const known = bySet.get(key);
    if (known === undefined) bySet.set(key, { count, symbols, of: [symbol] });
    else {
      known.count += count;
      known.of.push(symbol);
    }
  }
  const found = [...bySet.values()].sort((a, b) => b.count - a.count || order(a.symbols, b.symbols));
  const classOf = new Map(found.flatMap(({ of }, c) => of.map((symbol) => [symbol, c] as const)));

  const { letterOf, groups } = lettersOf(found, reading.textWildcard);
  const members: number[][] = found.map(() => []);
  groups.forEach((classes, letter) => {
    for (const c of classes) members[c].push(letter);
  });
  const letters = groups.length;

  const positions = new Int32Array(pattern.length - wild);
  const codes = narrowest(Math.max(0, found.length - 1), positions.length);
  let next = 0;
  const classOfGiven = lookUp(new Map([...given.keys()].map((symbol) => [symbol, classOf.get(fold(symbol)) ?? -1])));
  for (let j = 0; j < pattern.length; j++) {
    const c = classOfGiven(pattern[j]);
    if (c < 0) continue;
    positions[next] = j;
    codes[next++] = c;
  }
  return {
    classes: found.length,
    counts: Uint32Array.from(found, ({ count }) => count),
    letters,
    lettersOf: listsOf(members),
    classesOf: listsOf([...groups, []]),
    simple: letters === found.length && groups.every((classes, c) => classes.length === 1 && classes[0] === c),
    positions,
    codes,
    encode: encoder(letterOf, letters, reading.ignoreCase),
  };
}

/** How often each symbol stands in a pattern; few different ones are counted in a table. */
function countSymbols(pattern: Codes): Map<number, number> {
  const counts = new Map<number, number>();
  if (pattern instanceof Uint8Array) {
    const table = new Uint32Array(BYTES);
    for (let j = 0; j < pattern.length; j++) table[pattern[j]]++;
    for (const [symbol, count] of table.entries()) if (count > 0) counts.set(symbol, count);
  } else {
    for (let j = 0; j < pattern.length; j++) counts.set(pattern[j], (counts.get(pattern[j]) ?? 0) + 1);
  }
  return counts;
}

/** Gives the numbers of a map, by a table where all keys are bytes; all keys that are asked for are in the map. */
function lookUp(numbers: ReadonlyMap<number, number>): (symbol: number) => number {
  const table = new Int32Array(BYTES);
  for (const [symbol, number] of numbers) {
    if (symbol >= BYTES) return (key) => numbers.get(key) as number;
    table[symbol] = number;
  }
  return (symbol) => table[symbol];
}

function order(a: readonly number[], b: readonly number[]): number {
  for (let t = 0; t < Math.min(a.length, b.length); t++) if (a[t] !== b[t]) return a[t] - b[t];
  return a.length - b.length;
}

/** Letters: symbols that the same classes accept. */
function lettersOf(found: readonly { readonly symbols: readonly number[] }[], textWildcard: number | undefined) {
  const classesOf = new Map<number, number[]>();
  found.forEach(({ symbols }, c) => {
    for (const symbol of symbols) {
      if (symbol === textWildcard) continue;
      const list = classesOf.get(symbol);
      if (list === undefined) classesOf.set(symbol, [c]);
      else list.push(c);
    }
  });
  if (textWildcard !== undefined)
    classesOf.set(
      textWildcard,
      found.map((_, c) => c),
    );
  const numbers = new Map<string | number, number>();
  const groups: (readonly number[])[] = [];
  const letterOf = new Map<number, number>();
  for (const [symbol, classes] of classesOf) {
    const key = classes.length === 1 ? classes[0] : classes.join(',');
    let letter = numbers.get(key);
    if (letter === undefined) {
      letter = groups.length;
      numbers.set(key, letter);
      groups.push(classes);
    }
    letterOf.set(symbol, letter);
  }
  return { letterOf, groups };
}

function encoder(letterOf: ReadonlyMap<number, number>, letters: number, ignoreCase: boolean): (text: Codes) => Codes {
  let largest = ignoreCase ? 127 : 0;
  for (const symbol of letterOf.keys()) largest = Math.max(largest, symbol);
  if (largest > TABLE_LIMIT) {
    const fold = ignoreCase ? lowerCase : (symbol: number) => symbol;
    return (text) => {
      const codes = narrowest(letters, text.length);
      for (let i = 0; i < codes.length; i++) codes[i] = letterOf.get(fold(text[i])) ?? letters;
      return codes;
    };
  }
  const table = new Uint32Array(largest + 1).fill(letters);
  for (const [symbol, letter] of letterOf) table[symbol] = letter;
  if (ignoreCase) for (let symbol = 65; symbol <= 90; symbol++) table[symbol] = table[symbol + 32];
  return (text) => {
    const codes = narrowest(letters, text.length);
    for (let i = 0; i < codes.length; i++) {
      const symbol = text[i];
      codes[i] = symbol <= largest ? table[symbol] : letters;
    }
    return codes;
  };
}
