import { type Codes, narrowest } from '../symbols/symbols.js';

/** The end of a text that is still being looked at: symbols come in behind and go out in front. */
export class PendingText {
  #symbols: Codes = new Uint8Array(0);
  #first = 0;
  #end = 0;

  /** Number of symbols that are held. */
  get length(): number {
    return this.#end - this.#first;
  }

  /** The symbols that are held; a view, good until the next change. */
  get symbols(): Codes {
    return this.#symbols.subarray(this.#first, this.#end);
  }

  /**
   * Takes symbols in behind.
   *
   * @param piece - the symbols; they are copied
   */
  append(piece: Codes): void {
    const held = this.length;
    const wider = piece.BYTES_PER_ELEMENT > this.#symbols.BYTES_PER_ELEMENT;
    if (wider || this.#end + piece.length > this.#symbols.length) {
      // Twice the room that is needed, so that a symbol is moved a bounded number of times.
      const room = 2 * (held + piece.length);
      const width = Math.max(piece.BYTES_PER_ELEMENT, this.#symbols.BYTES_PER_ELEMENT);
      const next =
        wider || room > this.#symbols.length
          ? narrowest(width === 1 ? 255 : width === 2 ? 65535 : 65536, room)
          : this.#symbols;
      next.set(this.symbols);
      this.#symbols = next;
      this.#first = 0;
      this.#end = held;
    }
    this.#symbols.set(piece, this.#end);
    this.#end += piece.length;
  }

  /**
   * Lets symbols go in front.
   *
   * @param count - how many, at most `length`
   */
  drop(count: number): void {
    this.#first += count;
    if (this.length > this.#first) return;
    // Fewer symbols are moved than have gone since the last move; and the memory in use stays small.
    this.#symbols.copyWithin(0, this.#first, this.#end);
    this.#end -= this.#first;
    this.#first = 0;
  }

  /** Lets all symbols go. */
  clear(): void {
    this.#first = 0;
    this.#end = 0;
  }
}
