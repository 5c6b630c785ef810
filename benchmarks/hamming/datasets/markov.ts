// DNA that is no uniform noise: a Markov chain fitted to the genome of phage lambda, with repeats and runs of N.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { type RandomStream, randomStream } from '@lemmata/core';
import type { HammingInput } from '../instance.js';
import { lambdaGenome } from './lambda.js';
import { substituted } from './substituted.js';

/** The bytes A, C, G and T. */
export const BASES = [65, 67, 71, 84] as const;
const N = 78;
/** Bases that the next one depends on: 4^4 contexts of some 190 observations each. */
const ORDER = 4;
const CONTEXTS = 256;
/** One repeat for so many bases, a copy of an earlier piece with one base in twenty substituted. */
const REPEAT_EVERY = 10_000;
const REPEAT_LENGTH = 1000;
/** One run of N for so many bases. */
const RUN_EVERY = 100_000;
const RUN_LENGTH = 500;

/** How often each base follows each context of a genome, cumulated: entry 4 context + base. */
export function transitions(genome: Uint8Array): Float64Array {
  const counts = new Float64Array(4 * CONTEXTS).fill(1);
  let context = 0;
  genome.forEach((byte, i) => {
    const base = BASES.indexOf(byte as (typeof BASES)[number]);
    if (i >= ORDER) counts[4 * context + base]++;
    context = (4 * context + base) % CONTEXTS;
  });
  for (let c = 0; c < CONTEXTS; c++) for (let b = 1; b < 4; b++) counts[4 * c + b] += counts[4 * c + b - 1];
  return counts;
}

/** Fills a text with bases by a chain of these transitions. */
export function chain(text: Uint8Array, cumulated: Float64Array, stream: RandomStream): Uint8Array {
  let context = stream.integer(CONTEXTS);
  for (let i = 0; i < text.length; i++) {
    const draw = stream.uniform() * cumulated[4 * context + 3];
    let base = 0;
    while (base < 3 && draw >= cumulated[4 * context + base]) base++;
    text[i] = BASES[base];
    context = (4 * context + base) % CONTEXTS;
  }
  return text;
}

/** Copies pieces of a text to other places of it. */
export function plantRepeats(text: Uint8Array, stream: RandomStream): void {
  for (let r = 0; r < Math.floor(text.length / REPEAT_EVERY); r++) {
    const length = Math.min(REPEAT_LENGTH, text.length);
    const from = stream.integer(text.length - length + 1);
    const to = stream.integer(text.length - length + 1);
    text.copyWithin(to, from, from + length);
    for (let change = 0; change < length / 20; change++) text[to + stream.integer(length)] = BASES[stream.integer(4)];
  }
}

/** Fills pieces of a text with N. */
export function plantRuns(text: Uint8Array, stream: RandomStream): void {
  for (let r = 0; r < Math.floor(text.length / RUN_EVERY); r++) {
    const from = stream.integer(text.length - RUN_LENGTH + 1);
    text.fill(N, from, from + RUN_LENGTH);
  }
}

/** Markov DNA, and a piece of it of which some bases are substituted. */
export function dataset(given: Params): Dataset<HammingInput> {
  const params = readParams('dataset markov', given, {
    n: { default: 1_048_576, min: RUN_LENGTH, integer: true },
    m: { default: 100, min: 1, integer: true },
    substitutions: { default: 2, min: 0, integer: true },
  });
  return {
    name: 'markov',
    version: '1',
    params,
    licence: 'generated',
    source: `Markov chain of order ${ORDER} fitted to phage lambda, repeats with 5% substitutions, runs of N`,
    generate: async ({ seed }) => {
      const stream = randomStream(seed);
      const text = chain(new Uint8Array(params.n), transitions(await lambdaGenome()), stream.fork('chain'));
      plantRepeats(text, stream.fork('repeats'));
      const pattern = substituted(text, params.m, params.substitutions, stream.fork('pattern'));
      plantRuns(text, stream.fork('runs'));
      // A run may lie where the pattern came from: it is put back, so that there is a window to be found.
      text.set(pattern, stream.fork('place').integer(params.n - params.m + 1));
      return { text, pattern };
    },
    describe: ({ text, pattern }) => ({ shape: [text.length, pattern.length] }),
  };
}
