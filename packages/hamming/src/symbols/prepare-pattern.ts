import { DimensionError, InvalidInputError } from '@lemmata/core';
import { type Alphabet, alphabetOf } from './alphabet.js';
import { type Codes, readSymbols, requireSameKind, type Symbols } from './symbols.js';

/** A pattern that was read and numbered once and serves any number of texts: accepted wherever a pattern is. */
export interface PreparedPattern {
  /** Tells a prepared pattern from symbols. */
  readonly kind: 'prepared-pattern';
  /** Number of symbols m, >= 1. */
  readonly length: number;
  /** Number of different letters, in [1, m]. */
  readonly alphabetSize: number;
  /** Releases the memory; calling it again has no effect. */
  dispose(): void;
}

/** What may be given as a pattern: symbols, or a prepared pattern. */
export type PatternLike = Symbols | PreparedPattern;

/** What stands behind a prepared pattern. */
export interface Pattern {
  /** The numbers of its letters. */
  readonly codes: Codes;
  /** Its letters. */
  readonly alphabet: Alphabet;
  /** Whether it was given as a string. */
  readonly isText: boolean;
}

const prepared = new WeakMap<object, { pattern: Pattern | undefined }>();

function patternOf(symbols: Symbols): Pattern {
  const source = readSymbols('pattern', symbols);
  if (source.length === 0) {
    throw new DimensionError('pattern: expected at least one symbol, got 0', {
      argument: 'pattern',
      expected: 1,
      actual: 0,
    });
  }
  const alphabet = alphabetOf(source);
  return { codes: alphabet.encode(source), alphabet, isText: typeof symbols === 'string' };
}

/**
 * Reads a pattern and numbers its letters once, for many texts.
 *
 * The symbols are copied, so that later changes of the caller's array have no effect. Results are those of the pattern
 * itself.
 *
 * @param pattern - m >= 1 symbols
 * @returns the prepared pattern; call `dispose()` when done
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError `ERR_INPUT` for anything but symbols
 * Complexity: O(m log m) time, O(m) memory, and a table of at most 256 KiB.
 *
 * @example
 * ```ts
 * import { hammingProfile, preparePattern } from '@lemmata/hamming';
 *
 * const pattern = preparePattern('tag');
 * for (const text of ['catalogue', 'stage']) console.log(hammingProfile(text, pattern).distances);
 * pattern.dispose();
 * ```
 */
export function preparePattern(pattern: Symbols): PreparedPattern {
  const record: { pattern: Pattern | undefined } = { pattern: patternOf(pattern) };
  const handle: PreparedPattern = {
    kind: 'prepared-pattern',
    length: pattern.length,
    alphabetSize: (record.pattern as Pattern).alphabet.size,
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
  if (record === undefined) return patternOf(pattern as Symbols);
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

/** A text and a pattern in the numbers of the pattern's letters. */
export interface Matter {
  /** The text; the alphabet's size stands for symbols that are no letter of the pattern. */
  readonly text: Codes;
  /** The pattern. */
  readonly pattern: Codes;
  /** Number of letters of the pattern. */
  readonly letters: number;
  /** How often each letter stands in the pattern. */
  readonly counts: Uint32Array;
  /** Number of shifts n - m + 1, at least 0. */
  readonly shifts: number;
}

/**
 * Encodes a text for a pattern.
 *
 * @param text - n symbols
 * @param pattern - m symbols or a prepared pattern
 * @returns both, encoded
 * @throws InvalidInputError, DimensionError for anything that cannot be compared
 */
export function openMatter(text: Symbols, pattern: PatternLike): Matter {
  const source = readSymbols('text', text);
  const { codes, alphabet, isText } = openPattern(pattern);
  requireSameKind(['text', typeof text === 'string'], ['pattern', isText]);
  return {
    text: alphabet.encode(source),
    pattern: codes,
    letters: alphabet.size,
    counts: alphabet.counts,
    shifts: Math.max(0, source.length - codes.length + 1),
  };
}
