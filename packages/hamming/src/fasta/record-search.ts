import type { Wanted } from '../lane-filter.js';
import type { Slices } from '../one-shot.js';
import { tileOccurrences } from '../streams/hamming-search-stream.js';
import { PendingText } from '../streams/pending-text.js';
import type { SearchStreamSettings } from '../streams/stream-options.js';
import { matterOf, type Pattern } from '../symbols/prepare-pattern.js';
import type { FastaPiece } from './fasta-scanner.js';

/** What is looked for on a strand. */
export interface Strand {
  /** `'+'` for the pattern as given, `'-'` for its reverse complement. */
  readonly sign: '+' | '-';
  /** The pattern. */
  readonly pattern: Pattern;
  /** Which occurrences. */
  readonly wanted: Wanted;
  /** How they are found. */
  readonly settings: SearchStreamSettings;
}

/** An occurrence in a record. */
export interface RecordMatch {
  /** Number of the record. */
  readonly record: number;
  /** Name of the record. */
  readonly name: string;
  /** Where it begins in the record, an integer in [0, 2^53). */
  readonly position: number;
  /** Its distance. */
  readonly distance: number;
  /** The strand. */
  readonly strand: '+' | '-';
}

/** The letters of a record among those that are held. */
interface Held {
  readonly record: number;
  readonly name: string;
  /** Index of the first of them. */
  readonly from: number;
  /** Letters of the record before it. */
  readonly before: number;
}

/** The occurrences of a strand among the letters that are held, rising. */
interface StrandHits {
  readonly sign: '+' | '-';
  readonly positions: readonly number[];
  readonly distances: readonly number[];
}

/** Letters that wait for more: so many, that preparing the comparison of a tile takes little beside it. */
const TILE = 2097152;
/** Most records and characters of their names that wait. */
const RECORDS = 4096;
const NAMES = 1048576;

/**
 * The letters of records whose windows are still to be compared. Records lie one behind the other, so that many short ones
 * cost no more than a long one: windows over two of them are compared too, and then left out.
 */
export class RecordSearch {
  readonly #strands: readonly Strand[];
  readonly #length: number;
  readonly #letters = new PendingText();
  #held: Held[] = [];
  #names = 0;
  /** Whether the last record goes on. */
  #open = false;

  /** @param strands - one or two, with patterns of one length */
  constructor(strands: readonly Strand[]) {
    this.#strands = strands;
    this.#length = strands[0].pattern.length;
  }

  /**
   * Takes letters in.
   *
   * @param piece - the next piece of a file; copied
   * @returns whether so much waits that it should be compared
   */
  append({ record, name, offset, sequence, last }: FastaPiece): boolean {
    if (!this.#open) {
      this.#held.push({ record, name, from: this.#letters.length, before: offset });
      this.#names += name.length;
    }
    this.#open = !last;
    this.#letters.append(sequence);
    return this.#letters.length >= TILE || this.#held.length >= RECORDS || this.#names >= NAMES;
  }

  /**
   * Compares all windows that are complete, and lets their letters go.
   *
   * @returns the occurrences by record and position, `'+'` before `'-'` at the same one
   */
  *compare(): Slices<{ readonly matches: Iterable<RecordMatch> }> {
    const hits: StrandHits[] = [];
    for (const { sign, pattern, wanted, settings } of this.#strands) {
      const matter = matterOf(this.#letters.symbols, pattern);
      const { positions, distances } = yield* tileOccurrences(matter, wanted, settings);
      hits.push({ sign, positions, distances });
    }
    const matches = withinRecords(hits, this.#held, this.#letters.length, this.#length);
    this.#release();
    return { matches };
  }

  /** Lets all letters go but those of a record that goes on which further windows need. */
  #release(): void {
    const { length } = this.#letters;
    const last = this.#held.at(-1);
    if (last === undefined || !this.#open) {
      this.#letters.clear();
      this.#held = [];
      this.#names = 0;
      return;
    }
    const kept = Math.min(this.#length - 1, length - last.from);
    this.#held = [{ ...last, from: 0, before: last.before + length - kept - last.from }];
    this.#names = last.name.length;
    this.#letters.drop(length - kept);
  }
}

/** Merges the occurrences of the strands, and leaves out those that lie in two records. */
function* withinRecords(
  hits: readonly StrandHits[],
  held: readonly Held[],
  letters: number,
  length: number,
): Generator<RecordMatch, void> {
  const next = hits.map(() => 0);
  const here = (h: number): number => hits[h].positions[next[h]] ?? Infinity;
  let r = 0;
  for (;;) {
    const h = hits.length > 1 && here(1) < here(0) ? 1 : 0;
    const at = here(h);
    if (at === Infinity) return;
    const distance = hits[h].distances[next[h]++];
    while (r + 1 < held.length && held[r + 1].from <= at) r++;
    const { record, name, from, before } = held[r];
    const end = r + 1 < held.length ? held[r + 1].from : letters;
    if (at + length > end) continue;
    yield { record, name, position: before + at - from, distance, strand: hits[h].sign };
  }
}
