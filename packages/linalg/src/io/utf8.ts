/** What {@link Utf8Decoder} makes of some bytes: the text up to the first wrong byte, and whether there is one. */
export interface DecodedText {
  /** The text of all complete characters before the first wrong byte. */
  readonly text: string;
  /** Whether a wrong byte was met. */
  readonly malformed: boolean;
}

/**
 * Decodes UTF-8 piece by piece and says where it goes wrong, which a strict TextDecoder does not.
 *
 * Characters that a piece cuts are kept for the next one. A byte order mark is text, to be dropped by the reader.
 */
export class Utf8Decoder {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #kept: Uint8Array = new Uint8Array(0);

  /** Decodes the next bytes. After malformed ones nothing more may be asked. */
  decode(bytes: Uint8Array): DecodedText {
    const joined = this.#kept.length === 0 ? bytes : concatenate(this.#kept, bytes);
    const end = joined.length - unfinished(joined);
    this.#kept = joined.slice(end);
    const complete = joined.subarray(0, end);
    try {
      return { text: this.#decoder.decode(complete), malformed: false };
    } catch {
      return { text: this.#decoder.decode(complete.subarray(0, validPrefix(complete))), malformed: true };
    }
  }

  /** Whether bytes of a character that was begun wait for the rest. */
  get unfinished(): boolean {
    return this.#kept.length > 0;
  }
}

function concatenate(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Length of the character that a first byte announces; 0 for a byte that cannot be first. */
function announcedLength(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

/** Whether a byte can be the second of a character: no overlong form, no surrogate, nothing above U+10FFFF. */
function isSecond(first: number, second: number): boolean {
  if (first === 0xe0) return second >= 0xa0 && second < 0xc0;
  if (first === 0xed) return second >= 0x80 && second < 0xa0;
  if (first === 0xf0) return second >= 0x90 && second < 0xc0;
  if (first === 0xf4) return second >= 0x80 && second < 0x90;
  return second >= 0x80 && second < 0xc0;
}

/** How many bytes at the end begin a character that could still be completed: 0 to 3. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const first = bytes[bytes.length - back];
    if (first >= 0x80 && first < 0xc0) continue;
    return announcedLength(first) > back ? back : 0;
  }
  return 0;
}

/** Length of the longest beginning that is whole characters. */
function validPrefix(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = announcedLength(bytes[at]);
    if (length === 0 || at + length > bytes.length) return at;
    if (length > 1 && !isSecond(bytes[at], bytes[at + 1])) return at;
    for (let k = 2; k < length; k++) if ((bytes[at + k] & 0xc0) !== 0x80) return at;
    at += length;
  }
  return at;
}
