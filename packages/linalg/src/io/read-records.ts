import { refusal, requireInteger } from '@lemmata/core';
import { type ByteSource, bytePieces, isByteSource } from './byte-transform.js';
import { formatError, type TextPosition } from './format-error.js';
import { gunzip } from './gunzip.js';
import { type RecordEvents, RecordScanner, type RecordSyntax } from './record-scanner.js';
import { Utf8Decoder } from './utf8.js';

/** What a text is read from: the text itself, or its bytes in UTF-8, at once or in chunks, plain or gzip. */
export type TextSource = string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** How much a reader accepts; beyond it the text is refused, so that no input can fill the memory. */
export interface ReadLimits {
  /** Longest text accepted, in bytes of UTF-8 after inflation, an integer >= 0, default 2^30. */
  readonly maxBytes?: number | undefined;
  /** Most numbers accepted, and most rows, names or announced columns, an integer in [0, 2^31 - 1], default 2^26. */
  readonly maxEntries?: number | undefined;
}

/** The limits of every reader. */
export const DEFAULT_LIMITS: { readonly maxBytes: number; readonly maxEntries: number } = Object.freeze({
  maxBytes: 1073741824,
  maxEntries: 67108864,
});

/** What turns records into a result. */
export interface RecordBuilder<T> extends RecordEvents {
  /** The result, after the last record; `place` is the end of the text. */
  finish(place: TextPosition): T;
}

/** Text is worked on in pieces of at most this many UTF-16 units. */
const PIECE = 16384;

/**
 * Requires limits.
 *
 * @param settings - `maxBytes` and `maxEntries`, completed with the defaults
 * @throws InvalidInputError `ERR_OPTION` when one is out of its range
 */
export function requireLimits(settings: { readonly maxBytes: unknown; readonly maxEntries: unknown }): void {
  requireInteger('options.maxBytes', settings.maxBytes);
  requireInteger('options.maxEntries', settings.maxEntries, 0, 2147483647);
}

/**
 * Reads a text record by record: the one way from a source to a result.
 *
 * @param source - text or bytes, as the caller gave it
 * @param syntax - how records are split into fields
 * @param builder - what the fields are given to
 * @param maxBytes - longest text accepted
 * @returns what the builder makes of them
 * @throws InvalidInputError `ERR_FORMAT` with line and column for whatever scanner and builder refuse, bytes that are
 * no UTF-8, damaged gzip data, and a text that is too long; `ERR_INPUT` when the source is none
 */
export async function readRecords<T>(
  source: unknown,
  syntax: RecordSyntax,
  builder: RecordBuilder<T>,
  maxBytes: number,
): Promise<T> {
  const scanner = new RecordScanner(syntax, builder);
  if (typeof source === 'string') scanString(source, scanner, maxBytes);
  else if (isByteSource(source)) await scanBytes(source, scanner, maxBytes);
  else throw refusal('source', 'a string, bytes, or an iterable of chunks of bytes', source, 'ERR_INPUT');
  scanner.end();
  return builder.finish(scanner.place);
}

async function scanBytes(source: ByteSource, scanner: RecordScanner, maxBytes: number): Promise<void> {
  const decoder = new Utf8Decoder();
  let bytes = 0;
  const damaged = () => formatError(scanner.place, 'a whole gzip stream', 'damaged or truncated gzip data');
  for await (const chunk of gunzip(bytePieces(source), damaged)) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLong(scanner, maxBytes);
    const { text, malformed } = decoder.decode(chunk);
    scanner.push(text);
    if (malformed) throw formatError(scanner.place, 'UTF-8', 'a byte that cannot stand there');
  }
  if (decoder.unfinished) throw formatError(scanner.place, 'UTF-8', 'the end of the text inside a character');
}

function scanString(text: string, scanner: RecordScanner, maxBytes: number): void {
  let bytes = 0;
  for (let at = 0; at < text.length; at += PIECE) {
    const piece = text.slice(at, at + PIECE);
    for (let i = 0; i < piece.length; i++) {
      const unit = piece.charCodeAt(i);
      // Each half of a surrogate pair stands for two of the four bytes.
      bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
    }
    if (bytes > maxBytes) throw tooLong(scanner, maxBytes);
    scanner.push(piece);
  }
}

function tooLong(scanner: RecordScanner, maxBytes: number): Error {
  return formatError(scanner.place, `at most ${maxBytes} bytes (options.maxBytes)`, 'more');
}
