/** Chunks are handed over once they are this long, in characters. */
const CHUNK = 65536;

/**
 * Joins pieces of text and gives them as chunks of UTF-8, each made while it is asked for.
 *
 * @param pieces - the text; each piece is well-formed by itself
 */
export function* textChunks(pieces: Iterable<string>): Generator<Uint8Array, void> {
  const encoder = new TextEncoder();
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < CHUNK) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text !== '') yield encoder.encode(text);
}
