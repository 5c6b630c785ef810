import { InvalidInputError, throwIfAborted } from '@lemmata/core';
import { runOneShot, runOneShotAsync, type Slices } from '../one-shot.js';
import type { ProfileSettings } from '../profile-options.js';
import { type Matter, matterOf, type Pattern } from '../symbols/prepare-pattern.js';
import { type Codes, readSymbols, requireSameKind, type Symbols } from '../symbols/symbols.js';
import { PendingText } from './pending-text.js';
import { checkStreamSnapshot, type StreamSnapshot } from './stream-snapshot.js';

/** Least number of shifts that are compared together when a chunk has so many. */
const TILE = 131072;
/** A tile has so many pattern lengths at least, so that the m - 1 symbols that two tiles share are few among them. */
const TILE_LENGTHS = 8;

/** Comparisons that one position after the other takes no longer than opening the kernels, some tenths of a millisecond. */
const FEW = 65536;

/**
 * Whether windows are so few that opening kernels for them does not pay.
 *
 * @param matter - text and pattern
 * @returns true when comparing position by position is faster
 */
export function areFew({ shifts, pattern }: Matter): boolean {
  return shifts * pattern.positions.length <= FEW;
}

/** What the streams of distances and of occurrences share: which symbols are held, and when they are compared. */
export abstract class TextStream<Answer> {
  /** The pattern. */
  protected readonly pattern: Pattern;
  readonly #settings: Pick<ProfileSettings, 'signal'>;
  readonly #latency: number;
  readonly #tile: number;
  readonly #pending = new PendingText();
  #consumed = 0;
  #broken = false;

  protected constructor(pattern: Pattern, settings: Pick<ProfileSettings, 'signal'> & { readonly latency: number }) {
    if (pattern.isText && pattern.unit !== 'codeUnit') {
      // A chunk may end inside a character.
      const expected = "one of unit 'codeUnit', or of bytes, for texts in pieces";
      const details = { argument: 'pattern', expected, actual: pattern.unit };
      throw new InvalidInputError(`pattern: expected ${expected}, got '${pattern.unit}'`, 'ERR_INCOMPATIBLE', details);
    }
    this.pattern = pattern;
    this.#settings = settings;
    this.#latency = settings.latency;
    this.#tile = Math.max(TILE, TILE_LENGTHS * pattern.length);
  }

  /** Compares some windows, the first of which begins at a position of the whole text. */
  protected abstract compare(matter: Matter, start: number): Slices<Answer>;

  /** Puts the answers of consecutive tiles together; the first of their shifts is `start`. */
  protected abstract join(parts: readonly Answer[], start: number): Answer;

  /** Number of symbols that came in, an integer in [0, 2^53). */
  get consumed(): number {
    return this.#consumed;
  }

  /**
   * Takes the next symbols of the text.
   *
   * @param chunk - any number of symbols of the pattern's kind (string or array), also none; they are copied
   * @returns the answer for the shifts whose windows are complete, or none while at most `latency` of them are
   * @throws InvalidInputError for anything but symbols, `ERR_STATE` after a push that was aborted; the signal's reason
   * when it is aborted
   */
  push(chunk: Symbols): Answer {
    const symbols = this.#read(chunk);
    this.#begin();
    return runOneShot(() => this.#answer(symbols, false), this.#settings.signal).answer;
  }

  /**
   * Does what `push` does, giving the event loop a macrotask at least every 16 ms. The next call waits for the promise.
   *
   * @param chunk - any number of symbols of the pattern's kind; they are copied at the call
   * @returns a promise of the same answer
   * @throws what `push` throws, as a rejection
   */
  async pushAsync(chunk: Symbols): Promise<Answer> {
    const symbols = this.#read(chunk).slice();
    this.#begin();
    const { answer } = await runOneShotAsync(() => this.#answer(symbols, false), this.#settings.signal);
    return answer;
  }

  /**
   * Gives what `latency` holds back. The text may go on afterwards.
   *
   * @returns the answer for all complete windows that were not answered yet
   * @throws InvalidInputError `ERR_STATE` after a push that was aborted; the signal's reason when it is aborted
   */
  flush(): Answer {
    this.#begin();
    return runOneShot(() => this.#answer(new Uint8Array(0), true), this.#settings.signal).answer;
  }

  /** Forgets the text: the next symbol is the first of a new one. */
  reset(): void {
    this.#pending.clear();
    this.#consumed = 0;
    this.#broken = false;
  }

  /**
   * Saves where the stream stands as plain JSON-safe data.
   *
   * @returns the snapshot, O(m + latency) numbers; the pattern and the options are not part of it
   * @throws InvalidInputError `ERR_STATE` after a push that was aborted
   */
  snapshot(): StreamSnapshot {
    this.#requireWhole();
    const { length, positions, classes } = this.pattern;
    return {
      format: 'lemmata/hamming-stream',
      version: 1,
      pattern: { length, positions: positions.length, alphabetSize: classes },
      consumed: this.#consumed,
      pending: Array.from(this.#pending.symbols),
    };
  }

  /**
   * Goes on where a snapshot was taken.
   *
   * @param snapshot - of a stream of the same pattern, also after JSON
   * @throws InvalidInputError `ERR_FORMAT` when it is no snapshot, `ERR_INCOMPATIBLE` when it is of another pattern
   */
  restore(snapshot: StreamSnapshot): void {
    const { consumed, pending } = checkStreamSnapshot(snapshot, this.pattern);
    this.reset();
    this.#consumed = consumed;
    this.#pending.append(pending);
  }

  #read(chunk: Symbols): Codes {
    const symbols = readSymbols('chunk', chunk);
    requireSameKind(['chunk', typeof chunk === 'string'], ['pattern', this.pattern.isText]);
    return symbols;
  }

  /** Takes symbols in and compares tile by tile; `all` when nothing is to be held back. */
  *#answer(symbols: Codes, all: boolean): Slices<{ readonly answer: Answer }> {
    const m = this.pattern.length;
    const first = this.#consumed - this.#pending.length;
    const parts: Answer[] = [];
    let at = 0;
    do {
      const piece = symbols.subarray(at, at + this.#tile);
      at += piece.length;
      this.#pending.append(piece);
      this.#consumed += piece.length;
      const shifts = this.#pending.length - m + 1;
      if (shifts <= 0 || (!all && shifts <= this.#latency)) continue;
      parts.push(
        yield* this.compare(matterOf(this.#pending.symbols, this.pattern), this.#consumed - this.#pending.length),
      );
      this.#pending.drop(shifts);
    } while (at < symbols.length);
    this.#broken = false;
    return { answer: this.join(parts, first) };
  }

  /** Marks the stream as being in the middle of a push, unless the signal is aborted already. */
  #begin(): void {
    this.#requireWhole();
    throwIfAborted(this.#settings.signal);
    this.#broken = true;
  }

  #requireWhole(): void {
    if (!this.#broken) return;
    const expected = 'one whose pushes were carried out (reset or restore it)';
    throw new InvalidInputError(`stream: expected ${expected}, got one in the middle of a push`, 'ERR_STATE', {
      argument: 'stream',
      expected,
      actual: 'one in the middle of a push',
    });
  }
}
