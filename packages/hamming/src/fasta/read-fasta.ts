import { refusal, requireBoolean, requireInteger, resolveOptions, type Settings } from '@lemmata/core';
import { gunzip } from '@lemmata/linalg/io';
import { requireChunks } from '../streams/search-chunks.js';
import { type FastaPiece, FastaScanner, type FastaSyntax } from './fasta-scanner.js';

/** What a reader of FASTA files accepts. */
export interface ReadFastaOptions {
  /** Whether small letters, which mark repeats, are read as capitals; default false. */
  readonly upperCase?: boolean;
  /**
   * Longest file that is accepted, in bytes, those of gzip inflated, an integer >= 0, or Infinity (the default): memory
   * does not grow with it.
   */
  readonly maxBytes?: number;
}

/** The default of every option of a reader. */
const READ_DEFAULTS: Settings<ReadFastaOptions> = Object.freeze({ upperCase: false, maxBytes: Infinity });

/**
 * Reads the records of a FASTA file, piece by piece.
 *
 * A record is a line `>name description` and the lines of its sequence: letters, `*` and `-`. Lines end with a line feed,
 * or a return and a line feed; empty lines mean nothing. A chromosome comes in many pieces, so that memory stays that of a
 * chunk; the last piece of a record says so. Files that begin as gzip does are inflated as they are read (several members,
 * as `bgzip` makes them, in Node alone: see `gunzip` of `@lemmata/linalg/io`).
 *
 * @param chunks - the bytes of the file in pieces of any length, plain or gzip
 * @param options - `upperCase`, `maxBytes`
 * @returns the pieces in the order of the file, at least one for each record
 * @throws InvalidInputError `ERR_INPUT` for anything but chunks and `ERR_OPTION` for options that are unknown or out of
 * range; as a rejection, `ERR_FORMAT` with line and column for what is no FASTA, has a header of more than 2^20 bytes, is
 * too long, or is gzip that is damaged or ends too early
 * Complexity: O(bytes) time, memory of a chunk and a header.
 *
 * @example
 * ```ts
 * import { readFasta } from '@lemmata/hamming';
 *
 * const file = new TextEncoder().encode('>one a note\nACGT\nacgt\n>two\nTT\n');
 * for await (const { name, offset, sequence, last } of readFasta([file], { upperCase: true })) {
 *   console.log(name, offset, String.fromCharCode(...sequence), last); // one 0 ACGTACGT true, then two 0 TT false
 * } // and at the end of the file two 2, nothing, true
 * ```
 * @see W. R. Pearson, D. J. Lipman, "Improved tools for biological sequence comparison", PNAS 85(8), 1988, for the format
 */
export function readFasta(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options?: ReadFastaOptions,
): AsyncGenerator<FastaPiece, void> {
  const syntax = resolveOptions('readFasta', options, READ_DEFAULTS);
  requireBoolean('options.upperCase', syntax.upperCase);
  requireMaxBytes(syntax.maxBytes);
  requireChunks(chunks);
  return piecesOf(chunks, { ...syntax, backend: 'auto' });
}

/**
 * Checks the limit of a file.
 *
 * @param maxBytes - what the caller gave
 * @throws InvalidInputError `ERR_OPTION` for anything but an integer >= 0 or Infinity
 */
export function requireMaxBytes(maxBytes: number): void {
  if (maxBytes !== Infinity) requireInteger('options.maxBytes', maxBytes);
}

async function* piecesOf(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  syntax: FastaSyntax,
): AsyncGenerator<FastaPiece, void> {
  for await (const pieces of scanned(chunks, syntax)) {
    for (const piece of pieces) yield { ...piece, sequence: piece.sequence.slice() };
  }
}

/**
 * Reads pieces, those of a chunk together; options are checked already.
 *
 * @param chunks - the bytes
 * @param syntax - how they are read
 * @returns the pieces; the letters of each are good until the next one, and all have to be taken before the next chunk
 */
export async function* scanned(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  syntax: FastaSyntax,
): AsyncGenerator<Iterable<FastaPiece>, void> {
  const scanner = new FastaScanner(syntax);
  try {
    for await (const chunk of gunzip(checked(chunks), () => scanner.damaged())) yield scanner.push(chunk);
    yield scanner.end();
  } finally {
    scanner.dispose();
  }
}

async function* checked(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of chunks) {
    if (!(chunk instanceof Uint8Array)) throw refusal('chunks', 'chunks of bytes (Uint8Array)', chunk);
    yield chunk;
  }
}
