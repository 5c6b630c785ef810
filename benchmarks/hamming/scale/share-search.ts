// Searches a share of a genome while it is made, as a FASTA file in chunks, and compares what is found with what was
// planted. The time of making it is left out.
import { searchFasta } from '@lemmata/hamming';
import { BLOCK, type GenomeParams, openGenome, type Planted } from './genome.js';

/** A share of the letters. */
export interface Share {
  /** First letter. */
  readonly start: number;
  /** Behind the last letter. */
  readonly end: number;
}

/** What a search of a share gave. */
export interface ShareReport {
  /** Bytes of the file. */
  readonly bytes: number;
  /** Windows that were found. */
  readonly hits: number;
  /** Copies that were planted in the share. */
  readonly planted: number;
  /** Planted copies that were not found with their distance. */
  readonly missed: number;
  /** Time of the search, in milliseconds: all of the run but the making of the file. */
  readonly searchMs: number;
  /** Time of copying the same bytes once, some blocks at a time, in milliseconds. */
  readonly copyMs: number;
}

const LINE = 60;
const LINE_FEED = 10;

/** Bytes of a block with its line ends. */
const LINED_BLOCK = BLOCK + Math.ceil(BLOCK / LINE);

/** Blocks that are made together, so that the caches are those of a search and not of what makes the file. */
const AHEAD = 16;

/** Bytes of a chunk: as `createReadStream` gives them. */
const CHUNK = 65_536;

/** Writes the lines of some letters that follow `before` letters of the record; gives their size. */
function lines(letters: Uint8Array, before: number, out: Uint8Array): number {
  let at = 0;
  for (let i = 0; i < letters.length; ) {
    const some = Math.min(letters.length - i, LINE - ((before + i) % LINE));
    out.set(letters.subarray(i, i + some), at);
    at += some;
    i += some;
    if ((before + i) % LINE === 0) out[at++] = LINE_FEED;
  }
  return at;
}

/** The windows that are to be found, by strand and place. */
class Expected {
  readonly #open = new Map<string, number>();
  planted = 0;

  add({ position, distance, strand }: Planted): void {
    this.#open.set(`${strand}${position}`, distance);
    this.planted++;
  }

  found(position: number, distance: number, strand: '+' | '-'): void {
    const key = `${strand}${position}`;
    if (this.#open.get(key) === distance) this.#open.delete(key);
  }

  get missed(): number {
    return this.#open.size;
  }
}

/** Searches a share of a genome on both strands, with at most k mismatches. */
export async function searchShare(params: GenomeParams, { start, end }: Share): Promise<ShareReport> {
  const genome = await openGenome(params);
  const expected = new Expected();
  // Used again and again, so that making the file leaves nothing to be collected during the search.
  const memory = new Uint8Array(BLOCK);
  const [made, copy] = [new Uint8Array(AHEAD * LINED_BLOCK), new Uint8Array(AHEAD * LINED_BLOCK)];
  let bytes = 0;
  let makingMs = 0;
  let copyMs = 0;

  /** Makes the lines of some blocks; gives their bytes. */
  function make(first: number): Uint8Array {
    let size = 0;
    for (let index = first; index < first + AHEAD && index * BLOCK < end; index++) {
      const { text, planted } = genome.block(index, memory);
      for (const one of planted) if (one.position >= start && one.position + params.m <= end) expected.add(one);
      const from = Math.max(start, index * BLOCK);
      const letters = text.subarray(from - index * BLOCK, end - index * BLOCK);
      size += lines(letters, from - start, made.subarray(size));
    }
    return made.subarray(0, size);
  }

  function* file(): Generator<Uint8Array> {
    yield new TextEncoder().encode('>genome\n');
    for (let first = Math.floor(start / BLOCK); first * BLOCK < end; first += AHEAD) {
      const since = performance.now();
      const part = make(first);
      const before = performance.now();
      copy.set(part);
      bytes += part.length;
      const after = performance.now();
      copyMs += after - before;
      makingMs += after - since;
      for (let at = 0; at < part.length; at += CHUNK) yield part.subarray(at, at + CHUNK);
    }
  }

  let hits = 0;
  const begin = performance.now();
  for await (const match of searchFasta(file(), genome.pattern, params.k, { strands: 'both' })) {
    expected.found(start + match.position, match.distance, match.strand);
    hits++;
  }
  const searchMs = performance.now() - begin - makingMs;
  return { bytes, hits, planted: expected.planted, missed: expected.missed, searchMs, copyMs };
}
