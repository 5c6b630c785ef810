import { refusal } from '@lemmata/core';
import { type ByteSource, bytePieces, isByteSource, transformBytes } from './byte-transform.js';

/**
 * Compresses chunks of bytes with gzip, such as those of a writer of this module; every reader takes them as they are.
 *
 * The compression is the platform's own: the inflated bytes are the same everywhere, the compressed ones may differ
 * from platform to platform.
 *
 * @param source - bytes, at once or in chunks; what the source itself throws is passed on
 * @returns the compressed chunks, made while they are asked for
 * @throws InvalidInputError `ERR_INPUT` when the source is none, or something that comes is no chunk of bytes
 * Complexity: O(bytes) time, memory of one chunk.
 *
 * @example
 * ```ts
 * import { gzip, readCsv, writeCsv } from '@lemmata/linalg/io';
 *
 * const { matrix } = await readCsv(gzip(writeCsv([[1, 2], [3, 4]])), { header: false });
 * console.log(matrix.data); // 1 2 3 4
 * ```
 * @see RFC 1952, GZIP file format specification version 4.3
 */
export function gzip(
  source: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  if (!isByteSource(source)) throw refusal('source', 'bytes, or an iterable of chunks of bytes', source, 'ERR_INPUT');
  return compressed(source);
}

/** Begins with the first chunk that is asked for, so that a result that nobody reads leaves no stream open. */
async function* compressed(source: ByteSource): AsyncGenerator<Uint8Array, void> {
  yield* transformBytes(bytePieces(source), 'compress', (error) => error);
}
