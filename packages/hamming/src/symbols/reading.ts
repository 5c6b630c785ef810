import { refusal, requireBoolean, requireOneOf, resolveOptions, type Settings } from '@lemmata/core';
import { readSymbols, type Unit } from './symbols.js';

/** One symbol: a string of one code unit (code point, ASCII letter: see `unit`) for strings, a number for arrays. */
export type SymbolLike = string | number;

/** How a pattern is to be read; accepted by `preparePattern`. */
export interface PatternOptions {
  /**
   * Symbol that matches every symbol, default none: in text and pattern alike, or different ones for each.
   */
  readonly wildcard?: SymbolLike | { readonly text?: SymbolLike; readonly pattern?: SymbolLike };
  /**
   * Symbols of the text that a symbol of the pattern accepts, such as {@link IUPAC}; default none. A symbol of the pattern
   * that is not listed accepts itself alone.
   */
  readonly classes?: ReadonlyMap<string, string> | ReadonlyMap<number, ArrayLike<number>>;
  /** Whether the letters A to Z and a to z are the same, in text, pattern and classes; default false. For strings and bytes. */
  readonly ignoreCase?: boolean;
  /**
   * What strings are taken by, in pattern and texts alike, default `'codeUnit'`: positions and offsets count UTF-16 code
   * units, `'codePoint'` characters, or `'utf8'` bytes. Arrays are taken as they are.
   */
  readonly unit?: Unit;
}

/** How symbols are read, in numbers. */
export interface Reading {
  /** Symbol of the text that matches everything. */
  readonly textWildcard: number | undefined;
  /** Symbol of the pattern that matches everything. */
  readonly patternWildcard: number | undefined;
  /** What each symbol of the pattern accepts, when that is not the symbol itself. */
  readonly classes: ReadonlyMap<number, readonly number[]>;
  /** Whether ASCII capitals are read as small letters. */
  readonly ignoreCase: boolean;
  /** What strings are taken by. */
  readonly unit: Unit;
}

/** The default of every option of a pattern. */
const PATTERN_DEFAULTS: Settings<PatternOptions, 'wildcard' | 'classes'> = Object.freeze({
  wildcard: undefined,
  classes: undefined,
  ignoreCase: false,
  unit: 'codeUnit',
});

/**
 * Reads an ASCII capital as a small letter.
 *
 * @param symbol - any number
 * @returns the symbol, 32 more for 65 to 90
 */
export function lowerCase(symbol: number): number {
  return symbol >= 65 && symbol <= 90 ? symbol + 32 : symbol;
}

/**
 * Reads the options of a pattern.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @param isText - whether the pattern is a string: symbols must then be strings of one code unit, else numbers
 * @returns the reading
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and for anything but symbols of the pattern's kind
 */
export function readingOf(entryPoint: string, options: PatternOptions | undefined, isText: boolean): Reading {
  const { wildcard, classes, ignoreCase, unit } = resolveOptions(entryPoint, options, PATTERN_DEFAULTS);
  requireOneOf('options.unit', unit, ['codeUnit', 'codePoint', 'utf8']);
  requireBoolean('options.ignoreCase', ignoreCase);
  const read = (argument: string, value: unknown): number => {
    const symbol = requireSymbol(argument, value, isText ? unit : undefined);
    return ignoreCase ? lowerCase(symbol) : symbol;
  };
  const both = typeof wildcard !== 'object';
  const optional = (argument: string, value: unknown) => (value === undefined ? undefined : read(argument, value));
  if (!both && wildcard === null) throw refusal('options.wildcard', 'a symbol, or one for text and pattern', wildcard);
  const sets = new Map<number, readonly number[]>();
  if (classes !== undefined) {
    if (!(classes instanceof Map)) throw refusal('options.classes', 'a Map from symbols to symbols', classes);
    for (const [key, accepted] of classes as ReadonlyMap<unknown, unknown>) {
      const place = `options.classes.get(${JSON.stringify(key)})`;
      const members = requireMembers(place, accepted, unit).map((member) => read(place, member));
      const symbol = read('options.classes', key);
      sets.set(
        symbol,
        [...new Set([...(sets.get(symbol) ?? []), ...members])].sort((a, b) => a - b),
      );
    }
  }
  return {
    textWildcard: optional(both ? 'options.wildcard' : 'options.wildcard.text', both ? wildcard : wildcard?.text),
    patternWildcard: optional(
      both ? 'options.wildcard' : 'options.wildcard.pattern',
      both ? wildcard : wildcard?.pattern,
    ),
    classes: sets,
    ignoreCase,
    unit,
  };
}

/** Units as messages call them. */
const ONE_OF = { codeUnit: 'one code unit', codePoint: 'one code point', utf8: 'one ASCII character' } as const;

function requireSymbol(argument: string, value: unknown, unit: Unit | undefined): number {
  if (unit !== undefined) {
    const codes = typeof value === 'string' ? readSymbols(argument, value, unit) : [];
    if (codes.length === 1) return codes[0];
    throw refusal(argument, `a string of ${ONE_OF[unit]} (the pattern is a string)`, value);
  }
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 4294967295) return value;
  throw refusal(argument, 'an integer in [0, 4294967295] (the pattern is an array)', value);
}

function requireMembers(argument: string, value: unknown, unit: Unit): unknown[] {
  const text = typeof value === 'string' ? (unit === 'codeUnit' ? value.split('') : [...value]) : undefined;
  const listed = text ?? (ArrayBuffer.isView(value) || Array.isArray(value) ? value : undefined);
  const members = listed === undefined ? [] : Array.from(listed as ArrayLike<unknown>);
  if (members.length > 0) return members;
  throw refusal(argument, 'at least one symbol', value, 'ERR_OPTION');
}
