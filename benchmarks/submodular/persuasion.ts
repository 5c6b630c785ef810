// Sentences of the first chapters of a novel, and the words that tell them apart. See data/persuasion/SOURCE.md.
import { readFile } from 'node:fs/promises';
import { digestBytes } from '@lemmata/core';
import type { CoverageInput } from './sliding-window.js';

const FILE = new URL('../../data/persuasion/persuasion.txt', import.meta.url);
const SHA256 = 'f4b4710f8926c69ebefca76e77bae99261a574d97d851eaa8228470e64ea2ba0';

/** Words in more than this share of the sentences, such as "the", tell nothing. */
const COMMON = 0.05;

/** Licence and source, for the data sets that are made of the text. */
export const TERMS = {
  licence: 'public domain text, as distributed with janeaustenr 1.0.0 (MIT)',
  source: 'Jane Austen, Persuasion (1817), chapters 1 to 11, sentence by sentence',
} as const;

/** The text, in sentences. */
export async function readSentences(): Promise<string[]> {
  const bytes = new Uint8Array(await readFile(FILE));
  const digest = await digestBytes(bytes);
  if (digest !== SHA256) throw new Error(`persuasion.txt: expected SHA-256 ${SHA256}, got ${digest}`);
  return new TextDecoder()
    .decode(bytes)
    .split(/\n\n+/)
    .filter((paragraph) => !/^Chapter \d+$/.test(paragraph.trim()))
    .flatMap((paragraph) => paragraph.replaceAll(/\s+/g, ' ').split(/(?<=(?<!\b(?:Mr|Mrs|Dr|St|Esq))[.!?]["')]*) /))
    .filter((sentence) => /[a-z]/i.test(sentence));
}

/**
 * Which words each sentence covers, numbered as they come up. A word is worth the number of sentences that it is in;
 * words of one sentence alone and of more than 5% of all do not count.
 */
export async function readWords(): Promise<CoverageInput & { readonly words: readonly string[] }> {
  const sentences = (await readSentences()).map((sentence) => [...new Set(sentence.toLowerCase().match(/[a-z]+/g))]);
  const frequency = new Map<string, number>();
  for (const word of sentences.flat()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const most = COMMON * sentences.length;
  const words = [...frequency].filter(([, count]) => count > 1 && count <= most).map(([word]) => word);
  const numbers = new Map(words.map((word, u) => [word, u]));
  const sets = sentences.map((list) =>
    Int32Array.from(list.filter((word) => numbers.has(word)).map((word) => numbers.get(word) as number)).sort(),
  );
  const indptr = new Int32Array(sets.length + 1);
  sets.forEach((set, e) => {
    indptr[e + 1] = indptr[e] + set.length;
  });
  return {
    indptr,
    indices: Int32Array.from(sets.flatMap((set) => [...set])),
    weights: Float64Array.from(words, (word) => frequency.get(word) as number),
    words,
  };
}
