import { InvalidInputError, refusal } from '@lemmata/core';
import { type ByteSource, byteChunks, bytePieces, isByteSource, transformBytes } from './byte-transform.js';

/**
 * Inflates bytes that begin as gzip does (1f 8b), and gives other bytes as they come.
 *
 * The inflation is the platform's own, piece by piece, no faster than the chunks are taken: a bomb fills no memory, so
 * whoever takes them counts their bytes and stops at a limit. Several members one after the other, as `cat` and `bgzip`
 * leave them, are one stream in Node; browsers refuse what follows the first member, by their standard.
 *
 * @param source - bytes, at once or in chunks, cut anywhere; what the source itself throws is passed on
 * @param damaged - makes the error for gzip data that are damaged or end too early; by default `ERR_FORMAT`
 * @returns the chunks, made while they are asked for: of their own memory when inflated, else those of the source
 * @throws InvalidInputError `ERR_INPUT` when the source is none, or something that comes is no chunk of bytes; `ERR_FORMAT`,
 * or what `damaged` makes, when the gzip data are damaged or end too early; both as a rejection once chunks are asked for
 * Complexity: O(bytes) time, memory of one chunk and of 16 MiB at most for one piece that is inflated.
 *
 * @example
 * ```ts
 * import { gunzip, gzip } from '@lemmata/linalg/io';
 *
 * const bytes = new TextEncoder().encode('plain');
 * for (const source of [bytes, gzip(bytes)]) {
 *   let text = '';
 *   for await (const chunk of gunzip(source)) text += new TextDecoder().decode(chunk);
 *   console.log(text); // plain, twice
 * }
 * ```
 * @see RFC 1952, GZIP file format specification version 4.3
 */
export function gunzip(
  source: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  damaged: () => Error = damagedSource,
): AsyncGenerator<Uint8Array, void> {
  if (!isByteSource(source)) throw refusal('source', 'bytes, or an iterable of chunks of bytes', source, 'ERR_INPUT');
  return inflated(source, damaged);
}

function damagedSource(): InvalidInputError {
  const [expected, actual] = ['a whole gzip stream', 'damaged or truncated gzip data'];
  const details = { argument: 'source', expected, actual };
  return new InvalidInputError(`source: expected ${expected}, got ${actual}`, 'ERR_FORMAT', details);
}

async function* inflated(source: ByteSource, damaged: () => Error): AsyncGenerator<Uint8Array, void> {
  const rest = byteChunks(source);
  const head: Uint8Array[] = [];
  let beginning: number[] = [];
  while (beginning.length < 2) {
    const next = await rest.next();
    if (next.done === true) break;
    // A copy where more has to come first: the source may use its buffer again.
    head.push(beginning.length + next.value.length < 2 ? next.value.slice() : next.value);
    beginning = [...beginning, ...next.value.subarray(0, 2)];
  }
  const all = prepend(head, rest);
  if (beginning[0] === 0x1f && beginning[1] === 0x8b) yield* transformBytes(bytePieces(all), 'inflate', damaged);
  else yield* all;
}

async function* prepend(head: readonly Uint8Array[], rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
