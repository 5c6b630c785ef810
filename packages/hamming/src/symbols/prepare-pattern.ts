import { DimensionError, InvalidInputError } from '@lemmata/core';
import { type Alphabet, alphabetOf } from './alphabet.js';
import { type PatternOptions, readingOf } from './reading.js';
import { type Codes, readSymbols, requireSameKind, type Symbols, type Unit } from './symbols.js';

/** A pattern that was read once and serves any number of texts: accepted wherever a pattern is. */
export interface PreparedPattern {
  /** Tells a prepared pattern from symbols. */
  readonly kind: 'prepared-pattern';
  /** Number of symbols m, >= 1. */
  readonly length: number;
  /** Number of positions that are no wildcard, in [0, m]: the largest distance that there can be. */
  readonly positions: number;
  /** Number of different symbols, as far as texts can tell them apart, wildcards left out; in [0, m]. */
  readonly alphabetSize: number;
  /** Releases the memory; calling it again has no effect. */
  dispose(): void;
}

/** What may be given as a pattern: symbols, or a prepared pattern. */
export type PatternLike = Symbols | PreparedPattern;

/** What stands behind a prepared pattern. */
export interface Pattern extends Alphabet {
  /** Number of symbols. */
  readonly length: number;
  /** The byte at each of `positions` when texts of bytes can be compared as they are; else undefined. */
  readonly bytes: Uint8Array | undefined;
  /** Whether it was given as a string. */
  readonly isText: boolean;
  /** What strings are taken by. */
  readonly unit: Unit;
}

const prepared = new WeakMap<object, { pattern: Pattern | undefined }>();

function patternOf(symbols: Symbols, options: PatternOptions | undefined): Pattern {
  const isText = typeof symbols === 'string';
  const reading = readingOf('preparePattern', options, isText);
  const source = readSymbols('pattern', symbols, reading.unit);
  if (source.length === 0) {
    throw new DimensionError('pattern: expected at least one symbol, got 0', {
      argument: 'pattern',
      expected: 1,
      actual: 0,
    });
  }
  const alphabet = alphabetOf(source, reading);
  const { positions } = alphabet;
  const altered = reading.ignoreCase || reading.classes.size > 0 || reading.textWildcard !== undefined;
  const plain = alphabet.simple && !altered;
  const bytes = plain && source.every((symbol: number) => symbol <= 255);
  return {
    ...alphabet,
    bytes: bytes ? Uint8Array.from(positions, (j) => source[j]) : undefined,
    length: source.length,
    isText,
    unit: reading.unit,
  };
}

/**
 * Reads a pattern once, for many texts, and says what its symbols accept.
 *
 * A wildcard matches everything, in the pattern, in texts or in both. Classes list what a symbol of the pattern accepts,
 * such as the IUPAC codes of nucleotides: a position then differs when the text's symbol is not in its class. The symbols
 * are copied, so that later changes of the caller's array have no effect.
 *
 * @param pattern - m >= 1 symbols
 * @param options - `wildcard`, `classes`, `ignoreCase`, `unit`
 * @returns the prepared pattern; call `dispose()` when done
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError `ERR_INPUT` for anything but symbols, `ERR_OPTION` for options that are unknown, no symbols of
 * the pattern's kind or empty classes
 * Complexity: O(m log m) time and O(m) memory, a table of at most 256 KiB, and O(classes x letters) for the classes.
 *
 * @example
 * ```ts
 * import { hammingProfile, IUPAC, preparePattern } from '@lemmata/hamming';
 *
 * const pattern = preparePattern('TRN', { classes: IUPAC }); // R is A or G, N is A, C, G or T
 * for (const text of ['TAGTCC', 'TGN']) console.log(hammingProfile(text, pattern).distances); // 0 1 2 1, and 1
 * pattern.dispose();
 * ```
 */
export function preparePattern(pattern: Symbols, options?: PatternOptions): PreparedPattern {
  const made = patternOf(pattern, options);
  const record: { pattern: Pattern | undefined } = { pattern: made };
  const handle: PreparedPattern = {
    kind: 'prepared-pattern',
    length: made.length,
    positions: made.positions.length,
    alphabetSize: made.classes,
    dispose: () => {
      record.pattern = undefined;
    },
  };
  prepared.set(handle, record);
  return handle;
}

/**
 * Opens what was given as a pattern.
 *
 * @param pattern - symbols or a prepared pattern
 * @returns the pattern
 * @throws InvalidInputError `ERR_STATE` for a prepared pattern that was disposed of; what `preparePattern` throws
 */
export function openPattern(pattern: PatternLike): Pattern {
  const record = typeof pattern === 'object' && pattern !== null ? prepared.get(pattern) : undefined;
  if (record === undefined) return patternOf(pattern as Symbols, undefined);
  if (record.pattern !== undefined) return record.pattern;
  throw new InvalidInputError(
    'pattern: expected a prepared pattern in use, got one that was disposed of',
    'ERR_STATE',
    {
      argument: 'pattern',
      expected: 'a prepared pattern in use',
      actual: 'one that was disposed of',
    },
  );
}

/**
 * A pattern of plain symbols and one wildcard.
 *
 * @param symbols - the symbols
 * @param wildcard - the one that matches everything
 * @returns the pattern
 */
export function plainPattern(symbols: Codes, wildcard: number): Pattern {
  const reading = { textWildcard: undefined, patternWildcard: wildcard, classes: new Map(), ignoreCase: false };
  const unit = 'codeUnit' as const;
  const alphabet = alphabetOf(symbols, { ...reading, unit });
  return { ...alphabet, bytes: undefined, length: symbols.length, isText: false, unit };
}

/** A text and a pattern. */
export interface Matter {
  /** The text as it came. */
  readonly source: Codes;
  /** The letters of the text. */
  readonly text: Codes;
  /** The pattern. */
  readonly pattern: Pattern;
  /** Number of shifts n - m + 1, at least 0. */
  readonly shifts: number;
}

/**
 * Brings a text and a pattern together; the letters of the text are looked up when first asked for.
 *
 * @param source - the text
 * @param pattern - the pattern
 * @returns both
 */
export function matterOf(source: Codes, pattern: Pattern): Matter {
  let letters: Codes | undefined;
  return {
    source,
    get text() {
      letters ??= pattern.encode(source);
      return letters;
    },
    pattern,
    shifts: Math.max(0, source.length - pattern.length + 1),
  };
}

/**
 * Reads a text and opens a pattern.
 *
 * @param text - n symbols
 * @param pattern - m symbols or a prepared pattern
 * @param copied - whether the text must be a copy, since the caller may change it before it is read
 * @returns both
 * @throws InvalidInputError, DimensionError for anything that cannot be compared
 */
export function openMatter(text: Symbols, pattern: PatternLike, copied: boolean): Matter {
  const opened = openPattern(pattern);
  const source = readSymbols('text', text, opened.unit);
  requireSameKind(['text', typeof text === 'string'], ['pattern', opened.isText]);
  return matterOf(copied && typeof text !== 'string' ? source.slice() : source, opened);
}
