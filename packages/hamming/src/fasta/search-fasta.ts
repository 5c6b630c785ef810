import {
  InvalidInputError,
  macrotask,
  requireBoolean,
  requireOneOf,
  resolveOptions,
  type Settings,
  throwIfAborted,
} from '@lemmata/core';
import { runOneShotAsync } from '../one-shot.js';
import { requiredIndices } from '../search-options.js';
import { type HammingMatch, requireChunks } from '../streams/search-chunks.js';
import { checkSearchStream, SEARCH_STREAM_DEFAULTS, type SearchStreamOptions } from '../streams/stream-options.js';
import { reverseComplement } from '../symbols/iupac.js';
import { openPattern, type PreparedPattern, preparePattern } from '../symbols/prepare-pattern.js';
import type { PatternOptions } from '../symbols/reading.js';
import type { FastaSyntax } from './fasta-scanner.js';
import { requireMaxBytes, scanned } from './read-fasta.js';
import { RecordSearch, type Strand } from './record-search.js';

/** What a search of a FASTA file accepts; each record is compared in tiles, without `latency`. */
export interface SearchFastaOptions extends Omit<SearchStreamOptions, 'latency'> {
  /**
   * `'forward'` (the default) looks for the pattern, `'both'` also for its reverse complement: occurrences on the other
   * strand, with positions still counted on this one. A `required` position is one of the pattern as given.
   */
  readonly strands?: 'forward' | 'both';
  /** Letters of the file that a letter of the pattern accepts, such as {@link IUPAC}; default none. */
  readonly classes?: ReadonlyMap<string, string>;
  /** Whether small letters of file and pattern are read as capitals; default false. */
  readonly ignoreCase?: boolean;
  /** Longest file that is accepted, in bytes, those of gzip inflated, an integer >= 0, or Infinity (the default). */
  readonly maxBytes?: number;
}

/** A window of a record with at most k mismatches. */
export interface FastaMatch extends HammingMatch {
  /** Number of the record in the file, from 0. */
  readonly record: number;
  /** Name of the record. */
  readonly name: string;
  /** `'+'` for the pattern as given, `'-'` for its reverse complement. */
  readonly strand: '+' | '-';
}

const { latency: _, ...SEARCH_DEFAULTS } = SEARCH_STREAM_DEFAULTS;

/** The default of every option of a search of a file. */
const FASTA_DEFAULTS: Settings<SearchFastaOptions, 'signal' | 'costs' | 'required' | 'classes'> = Object.freeze({
  ...SEARCH_DEFAULTS,
  strands: 'forward',
  classes: undefined,
  ignoreCase: false,
  maxBytes: Infinity,
});

/** Time between two macrotasks: chunks that are in memory already leave the event loop no turn of their own. */
const MACROTASK_EVERY_MS = 8;

/**
 * Searches the records of a FASTA file while it is read, for a pattern and, if asked for, its reverse complement.
 *
 * No occurrence spans two records, and line ends within a sequence do not count. Matches come when two million letters or
 * some thousand records are together, or the file ends; no more is held. The event loop has its turns. Runs of N match only
 * what accepts N.
 *
 * @param chunks - the bytes of the file in pieces of any length, plain or gzip, as `readFasta` takes them
 * @param pattern - m >= 1 letters, or a prepared pattern (for one strand)
 * @param k - largest number of mismatches, an integer >= 0
 * @param options - `strands`, `classes`, `ignoreCase`, `maxBytes`, `filter`, `required`, and the options of `hammingProfile`
 * @returns the matches by record and position, `'+'` before `'-'` at the same one
 * @throws what `hammingSearchStream` and `reverseComplement` throw, `ERR_INCOMPATIBLE` for a prepared pattern with `classes`,
 * `ignoreCase` or both strands; what `readFasta` throws, and the signal's reason, as a rejection
 * Complexity: that of `hammingSearch` for each strand, in tiles, and O(bytes); O(m + chunk + 2^21) memory.
 *
 * @example
 * ```ts
 * import { searchFasta } from '@lemmata/hamming';
 *
 * const file = new TextEncoder().encode('>one\nGATT\nACA\n>two\nTTTGTAATC\n');
 * for await (const { name, position, distance, strand } of searchFasta([file], 'GATTACA', 1, { strands: 'both' })) {
 *   console.log(name, position, distance, strand); // one 0 0 +, two 2 0 -
 * }
 * ```
 */
export function searchFasta(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  pattern: string | PreparedPattern,
  k: number,
  options?: SearchFastaOptions,
): AsyncGenerator<FastaMatch, void> {
  const { strands, classes, ignoreCase, maxBytes, ...settings } = resolveOptions(
    'searchFasta',
    options,
    FASTA_DEFAULTS,
  );
  requireOneOf('options.strands', strands, ['forward', 'both']);
  requireBoolean('options.ignoreCase', ignoreCase);
  requireMaxBytes(maxBytes);
  requireChunks(chunks);
  const open = (
    sign: '+' | '-',
    letters: string | PreparedPattern,
    required: SearchFastaOptions['required'],
  ): Strand => {
    const opened = openPattern(
      typeof letters === 'string' ? preparePattern(letters, readAs(classes, ignoreCase)) : letters,
    );
    const checked = checkSearchStream({ ...settings, required, latency: 0 }, opened, k);
    const wanted = { k, required: requiredIndices(opened, required), limit: Infinity };
    return { sign, pattern: opened, wanted, settings: checked };
  };
  if (typeof pattern !== 'string' && (strands === 'both' || classes !== undefined || ignoreCase)) {
    throw notPrepared(strands === 'both' ? 'strands' : ignoreCase ? 'ignoreCase' : 'classes');
  }
  const letters = ignoreCase && typeof pattern === 'string' ? pattern.toUpperCase() : pattern;
  const searched = [open('+', letters, settings.required)];
  if (strands === 'both') {
    const other = reverseComplement(letters as string);
    const required = settings.required?.map((j) => other.length - 1 - j);
    searched.push(open('-', other, required));
  }
  const { backend, signal } = settings;
  return matchesOf(chunks, new RecordSearch(searched), { upperCase: ignoreCase, maxBytes, backend }, signal);
}

/** Capitals of file and pattern are compared as they are; classes may hold small letters. */
function readAs(classes: ReadonlyMap<string, string> | undefined, ignoreCase: boolean): PatternOptions {
  return classes === undefined ? {} : { classes, ignoreCase };
}

async function* matchesOf(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  search: RecordSearch,
  syntax: FastaSyntax,
  signal: SearchFastaOptions['signal'],
): AsyncGenerator<FastaMatch, void> {
  let turn = performance.now();
  const compare = async function* (): AsyncGenerator<FastaMatch, void> {
    const { matches } = await runOneShotAsync(() => search.compare(), signal);
    for (const match of matches) {
      throwIfAborted(signal);
      yield match;
    }
    if (performance.now() - turn < MACROTASK_EVERY_MS) return;
    await macrotask();
    turn = performance.now();
  };
  for await (const pieces of scanned(chunks, syntax)) {
    for (const piece of pieces) if (search.append(piece)) yield* compare();
    throwIfAborted(signal);
  }
  yield* compare();
}

function notPrepared(option: string): InvalidInputError {
  return new InvalidInputError(
    `options.${option}: expected none with a prepared pattern (it says what its symbols accept), got one`,
    'ERR_INCOMPATIBLE',
    { argument: `options.${option}`, expected: 'none with a prepared pattern' },
  );
}
