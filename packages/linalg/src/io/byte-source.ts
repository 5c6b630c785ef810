import { refusal } from '@lemmata/core';
import { formatError, type TextPosition } from './format-error.js';

/**
 * Bytes are worked on in pieces of at most this many. A piece of gzip grows at most about 1032 times, to 16 MiB, so a
 * small bomb cannot fill the memory between two looks at the limit.
 */
const PIECE = 16384;

/** Anything that bytes come from. */
export type ByteSource = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Gives the bytes of a source in small pieces of their own memory, inflated when they begin as gzip does (1f 8b).
 *
 * @param source - bytes, or chunks of bytes; what the source itself throws is passed on
 * @param place - where the reader of the bytes stands, for errors
 * @throws InvalidInputError `ERR_INPUT` when something that comes is no chunk of bytes, `ERR_FORMAT` when the gzip data
 * is damaged or ends too early
 */
export async function* plainBytes(source: ByteSource, place: () => TextPosition): AsyncGenerator<Uint8Array, void> {
  const rest = pieces(source);
  const head: Uint8Array[] = [];
  let beginning: number[] = [];
  while (beginning.length < 2) {
    const next = await rest.next();
    if (next.done === true) break;
    head.push(next.value);
    beginning = [...beginning, ...next.value.subarray(0, 2)];
  }
  const all = prepend(head, rest);
  yield* beginning[0] === 0x1f && beginning[1] === 0x8b ? inflate(all, place) : all;
}

async function* prepend(head: readonly Uint8Array[], rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

async function* pieces(source: ByteSource): AsyncGenerator<Uint8Array, undefined> {
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
    if (!(chunk instanceof Uint8Array)) throw refusal('source', 'chunks of bytes (Uint8Array)', chunk, 'ERR_INPUT');
    for (let at = 0; at < chunk.length; at += PIECE) {
      // A copy: decoders refuse shared memory, and a caller may use its buffer again for the next chunk.
      yield new Uint8Array(chunk.subarray(at, at + PIECE));
    }
  }
  return undefined;
}

async function* inflate(
  compressed: AsyncGenerator<Uint8Array>,
  place: () => TextPosition,
): AsyncGenerator<Uint8Array, void> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const reader = readable.getReader();
  let sourceFailure: { readonly error: unknown } | undefined;
  const feed = async (): Promise<void> => {
    for (;;) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await compressed.next();
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
  } catch {
    if (sourceFailure !== undefined) throw sourceFailure.error;
    throw formatError(place(), 'a whole gzip stream', 'damaged or truncated gzip data');
  } finally {
    // Not waited for: a source that stalls must not hold back an error that is known already.
    reader.cancel().catch(() => undefined);
    compressed.return(undefined).catch(() => undefined);
  }
}
