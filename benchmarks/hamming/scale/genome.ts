// DNA of any length, made block by block: each block is a function of the seed and its number, so that nothing longer than
// a block is ever held and every worker can begin where its share begins.
import { type RandomStream, randomStream } from '@lemmata/core';
import { reverseComplement } from '@lemmata/hamming';
import { lambdaGenome } from '../datasets/lambda.js';
import { BASES, chain, plantRepeats, plantRuns, transitions } from '../datasets/markov.js';

/** Letters of a block. */
export const BLOCK = 1_048_576;

/** What is made, and what is planted in it. */
export interface GenomeParams {
  /** Number of letters. */
  readonly letters: number;
  /** Length of the pattern. */
  readonly m: number;
  /** Largest distance of a planted copy of the pattern. */
  readonly k: number;
  /** Everything follows from it. */
  readonly seed: string;
}

/** A copy of the pattern with some letters substituted. */
export interface Planted {
  /** Where it begins. */
  readonly position: number;
  /** How many letters differ. */
  readonly distance: number;
  /** `'-'` for the reverse complement. */
  readonly strand: '+' | '-';
}

/** A piece of the genome. */
export interface GenomeBlock {
  /** Its letters, in ASCII. */
  readonly text: Uint8Array;
  /** The copies in it, rising. */
  readonly planted: readonly Planted[];
}

/** A genome that is made block by block. */
export interface Genome {
  /** The pattern. */
  readonly pattern: string;
  /** Number of blocks; all but the last have `BLOCK` letters. */
  readonly blocks: number;
  /** Makes a block, in some memory for `BLOCK` letters. */
  block(index: number, memory?: Uint8Array): GenomeBlock;
}

/** Letters of a piece of the pattern with exactly `distance` of them substituted. */
function copyOf(letters: Uint8Array, distance: number, stream: RandomStream): Uint8Array {
  const copy = letters.slice();
  for (const j of stream.permutation(letters.length).slice(0, distance)) {
    const others = BASES.filter((base) => base !== letters[j]);
    copy[j] = others[stream.integer(others.length)];
  }
  return copy;
}

/** Copies at all distances up to k on both strands, each somewhere in a share of the block of its own. */
function plantCopies(
  text: Uint8Array,
  start: number,
  strands: Readonly<Record<'+' | '-', Uint8Array>>,
  k: number,
  stream: RandomStream,
): Planted[] {
  const share = Math.floor(text.length / (2 * k + 2));
  const m = strands['+'].length;
  if (share < m) return [];
  return Array.from({ length: 2 * k + 2 }, (_, copy) => {
    const distance = copy >> 1;
    const strand = copy % 2 === 0 ? '+' : '-';
    const at = copy * share + stream.integer(share - m + 1);
    text.set(copyOf(strands[strand], distance, stream), at);
    return { position: start + at, distance, strand };
  });
}

/** Prepares a genome: a Markov chain fitted to phage lambda with repeats, runs of N and copies of a pattern. */
export async function openGenome({ letters, m, k, seed }: GenomeParams): Promise<Genome> {
  const table = transitions(await lambdaGenome());
  const stream = randomStream(seed);
  const given = chain(new Uint8Array(m), table, stream.fork('pattern'));
  const pattern = new TextDecoder().decode(given);
  const strands = { '+': given, '-': new TextEncoder().encode(reverseComplement(pattern)) };
  return {
    pattern,
    blocks: Math.ceil(letters / BLOCK),
    block: (index, memory = new Uint8Array(BLOCK)) => {
      const start = index * BLOCK;
      const own = stream.fork(`block ${index}`);
      const text = chain(memory.subarray(0, Math.min(BLOCK, letters - start)), table, own.fork('chain'));
      plantRepeats(text, own.fork('repeats'));
      plantRuns(text, own.fork('runs'));
      return { text, planted: plantCopies(text, start, strands, k, own.fork('copies')) };
    },
  };
}
