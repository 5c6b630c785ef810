import { InvalidInputError, requireBoolean, requireOneOf, resolveOptions, type Settings } from '@lemmata/core';
import { HammingSearchStream, type StreamOccurrences } from '../streams/hamming-search-stream.js';
import { type HammingMatch, requireChunks } from '../streams/search-chunks.js';
import { SEARCH_STREAM_DEFAULTS, type SearchStreamOptions } from '../streams/stream-options.js';
import { reverseComplement } from '../symbols/iupac.js';
import { openPattern, type PreparedPattern, preparePattern } from '../symbols/prepare-pattern.js';
import type { PatternOptions } from '../symbols/reading.js';
import { piecesOf, requireMaxBytes } from './read-fasta.js';

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
  /** Longest file that is accepted, in bytes, an integer >= 0, or Infinity (the default). */
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

/** Windows that wait for more: chunks of files are often so small that choosing a filter for each would take longest. */
const LATENCY = 1048576;

/** A stream for each strand. */
type Strands = readonly (readonly [strand: '+' | '-', stream: HammingSearchStream])[];

/**
 * Searches the records of a FASTA file while it is read, for a pattern and, if asked for, its reverse complement.
 *
 * No occurrence spans two records, and line ends within a sequence do not count. Of each record about a
 * million letters are held at a time. Runs of N match only what accepts N.
 *
 * @param chunks - the bytes of the file in pieces of any length, not compressed
 * @param pattern - m >= 1 letters, or a prepared pattern (for one strand)
 * @param k - largest number of mismatches, an integer >= 0
 * @param options - `strands`, `classes`, `ignoreCase`, `maxBytes`, `filter`, `required`, and the options of `hammingProfile`
 * @returns the matches by record and position, `'+'` before `'-'` at the same one
 * @throws what `hammingSearchStream` and `reverseComplement` throw, `ERR_INCOMPATIBLE` for a prepared pattern with `classes`,
 * `ignoreCase` or both strands; what `readFasta` throws, and the signal's reason, as a rejection
 * Complexity: that of `hammingSearch` for each strand, in tiles, and O(bytes); O(m + chunk + 2^20) memory.
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
  const open = (letters: string | PreparedPattern, required: readonly number[] | undefined): HammingSearchStream => {
    const opened = openPattern(
      typeof letters === 'string' ? preparePattern(letters, readAs(classes, ignoreCase)) : letters,
    );
    // The letters of files are bytes: code units of a string below 128 are the same numbers.
    return new HammingSearchStream({ ...opened, isText: false }, k, { ...settings, required, latency: LATENCY });
  };
  if (typeof pattern !== 'string' && (strands === 'both' || classes !== undefined || ignoreCase)) {
    throw notPrepared(strands === 'both' ? 'strands' : ignoreCase ? 'ignoreCase' : 'classes');
  }
  const letters = ignoreCase && typeof pattern === 'string' ? pattern.toUpperCase() : pattern;
  const streams: (readonly ['+' | '-', HammingSearchStream])[] = [['+', open(letters, settings.required)]];
  if (strands === 'both') {
    const other = reverseComplement(letters as string);
    streams.push([
      '-',
      open(
        other,
        settings.required?.map((j) => other.length - 1 - j),
      ),
    ]);
  }
  return matchesOf(chunks, streams, { upperCase: ignoreCase, maxBytes });
}

/** Capitals of file and pattern are compared as they are; classes may hold small letters. */
function readAs(classes: ReadonlyMap<string, string> | undefined, ignoreCase: boolean): PatternOptions {
  return classes === undefined ? {} : { classes, ignoreCase };
}

async function* matchesOf(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  streams: Strands,
  syntax: { readonly upperCase: boolean; readonly maxBytes: number },
): AsyncGenerator<FastaMatch, void> {
  for await (const { record, name, sequence, last } of piecesOf(chunks, syntax)) {
    const found: [strand: '+' | '-', occurrences: StreamOccurrences][] = [];
    for (const [strand, stream] of streams) found.push([strand, await stream.pushAsync(sequence)]);
    yield* merged(record, name, found);
    if (!last) continue;
    yield* merged(
      record,
      name,
      streams.map(([strand, stream]) => [strand, stream.flush()] as const),
    );
    for (const [, stream] of streams) stream.reset();
  }
}

/** The occurrences of all strands in rising order. */
function* merged(
  record: number,
  name: string,
  found: readonly (readonly [strand: '+' | '-', occurrences: StreamOccurrences])[],
): Generator<FastaMatch, void> {
  const matches = found.flatMap(([strand, { positions, distances }]) =>
    Array.from(positions, (position, t) => ({ record, name, position, distance: distances[t], strand })),
  );
  yield* matches.sort((a, b) => a.position - b.position);
}

function notPrepared(option: string): InvalidInputError {
  return new InvalidInputError(
    `options.${option}: expected none with a prepared pattern (it says what its symbols accept), got one`,
    'ERR_INCOMPATIBLE',
    { argument: `options.${option}`, expected: 'none with a prepared pattern' },
  );
}
