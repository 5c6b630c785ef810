import { type ByteSource, bytePieces, transformBytes } from './byte-transform.js';
import { formatError, type TextPosition } from './format-error.js';

/**
 * Gives the bytes of a source in small pieces of their own memory, inflated when they begin as gzip does (1f 8b).
 *
 * @param source - bytes, or chunks of bytes; what the source itself throws is passed on
 * @param place - where the reader of the bytes stands, for errors
 * @throws InvalidInputError `ERR_INPUT` when something that comes is no chunk of bytes, `ERR_FORMAT` when the gzip data
 * is damaged or ends too early
 */
export async function* plainBytes(source: ByteSource, place: () => TextPosition): AsyncGenerator<Uint8Array, void> {
  const rest = bytePieces(source);
  const head: Uint8Array[] = [];
  let beginning: number[] = [];
  while (beginning.length < 2) {
    const next = await rest.next();
    if (next.done === true) break;
    head.push(next.value);
    beginning = [...beginning, ...next.value.subarray(0, 2)];
  }
  const all = prepend(head, rest);
  if (beginning[0] !== 0x1f || beginning[1] !== 0x8b) {
    yield* all;
    return;
  }
  const damaged = () => formatError(place(), 'a whole gzip stream', 'damaged or truncated gzip data');
  yield* transformBytes(all, 'inflate', damaged);
}

async function* prepend(head: readonly Uint8Array[], rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
