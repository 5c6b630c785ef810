// Eight sentences that say what a chapter is about: the words of a novel flow by, and at every moment the best few
// sentences among the last 300 are at hand, with a proof of how good they are.
//
//   node examples/submodular/reading.js
import { readFile } from 'node:fs/promises';
import { DynamicSelector, weightedCoverage } from '@lemmata/submodular';

const [K, WINDOW] = [8, 300];
const file = new URL('../../benchmarks/data/persuasion/persuasion.txt', import.meta.url);
const sentences = (await readFile(file, 'utf8'))
  .split(/\n\n+/)
  .filter((paragraph) => !/^Chapter \d+$/.test(paragraph.trim()))
  .flatMap((paragraph) => paragraph.replaceAll(/\s+/g, ' ').split(/(?<=[.!?]) /))
  .filter((sentence) => /[a-z]/i.test(sentence));

// A word is worth the number of sentences that have it, unless it is in more than one of twenty.
const wordsOf = sentences.map((sentence) => [...new Set(sentence.toLowerCase().match(/[a-z]+/g))]);
const frequency = new Map();
for (const word of wordsOf.flat()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
const words = [...frequency].filter(([, count]) => count > 1 && count <= sentences.length / 20);
const number = new Map(words.map(([word], u) => [word, u]));
const topics = wordsOf.map((list) => list.flatMap((word) => number.get(word) ?? []));
const weights = words.map(([, count]) => count);

const selector = new DynamicSelector(weightedCoverage(topics, { weights }), { k: K, seed: 1 });
let worst = 1;
for (let e = 0; e < sentences.length; e++) {
  selector.update({ insert: [e], delete: e >= WINDOW ? [e - WINDOW] : [] });
  if (e >= WINDOW) worst = Math.min(worst, selector.ratio);
}
const { updates, gain } = selector.counts;
console.log(`${sentences.length} sentences, ${words.length} words that count, the last ${WINDOW} in view`);
console.log(
  `proven share of the best: at least ${worst.toFixed(3)} at every moment, ${selector.guarantee.toFixed(3)} promised`,
);
console.log(
  `${(gain / updates).toFixed(1)} gains an update; choosing anew looks at ${WINDOW} for the first sentence alone\n`,
);
for (const e of [...selector.solution()].sort((a, b) => a - b)) {
  const text = sentences[e].trim();
  console.log(`${String(e).padStart(5)}  ${text.length > 110 ? `${text.slice(0, 107)}...` : text}`);
}
