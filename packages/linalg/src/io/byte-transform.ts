import { refusal } from '@lemmata/core';

/** Anything that bytes come from. */
export type ByteSource = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Bytes are worked on in pieces of at most this many. A piece of gzip grows at most about 1032 times, to 16 MiB, so a
 * small bomb cannot fill the memory between two looks at the limit.
 */
const PIECE = 16384;

/** Whether a value can be a source of bytes; its chunks are looked at when they come. */
export function isByteSource(value: unknown): value is ByteSource {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Uint8Array || Symbol.asyncIterator in value || Symbol.iterator in value;
}

/**
 * Gives the chunks of a source as they come.
 *
 * @param source - bytes, or chunks of bytes; what the source itself throws is passed on
 * @throws InvalidInputError `ERR_INPUT` when something that comes is no chunk of bytes
 */
export async function* byteChunks(source: ByteSource): AsyncGenerator<Uint8Array, undefined> {
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    if (!(chunk instanceof Uint8Array)) throw refusal('source', 'chunks of bytes (Uint8Array)', chunk, 'ERR_INPUT');
    yield chunk;
  }
  return undefined;
}

/**
 * Gives the bytes of a source in small pieces of their own memory.
 *
 * @param source - bytes, or chunks of bytes; what the source itself throws is passed on
 * @throws InvalidInputError `ERR_INPUT` when something that comes is no chunk of bytes
 */
export async function* bytePieces(source: ByteSource): AsyncGenerator<Uint8Array, undefined> {
  for await (const chunk of byteChunks(source)) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      // A copy: the platform's streams refuse shared memory, and a caller may use its buffer again for the next chunk.
      yield new Uint8Array(chunk.subarray(at, at + PIECE));
    }
  }
  return undefined;
}

/**
 * Sends bytes through the gzip stream of the platform, no faster than they are taken out.
 *
 * @param pieces - what goes in; closed when the reading ends early
 * @param direction - which way
 * @param failure - the error to throw when the stream itself fails; what `pieces` throws is passed on
 */
export async function* transformBytes(
  pieces: AsyncGenerator<Uint8Array>,
  direction: 'compress' | 'inflate',
  failure: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array, void> {
  const { readable, writable } =
    direction === 'compress' ? new CompressionStream('gzip') : new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const reader = readable.getReader();
  let sourceFailure: { readonly error: unknown } | undefined;
  const feed = async (): Promise<void> => {
    for (;;) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await pieces.next();
      } catch (error) {
        sourceFailure = { error };
        await writer.abort(error);
        return;
      }
      await (next.done === true ? writer.close() : writer.write(next.value as Uint8Array<ArrayBuffer>));
      if (next.done === true) return;
    }
  };
  // Whatever stops the feeding also fails the reading, where it is reported.
  feed().catch(() => undefined);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw sourceFailure === undefined ? failure(error) : sourceFailure.error;
  } finally {
    // Not waited for: a source that stalls must not hold back an error that is known already.
    reader.cancel().catch(() => undefined);
    pieces.return(undefined).catch(() => undefined);
  }
}
