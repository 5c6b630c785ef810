// Where in a novel does a passage come from that was copied badly? Every eighth of its letters was misread, as by a scanner
// with a dirty glass; the distances to all windows of the book show the place far below everything else.
//
//   node examples/hamming/passage.js
import { readFile } from 'node:fs/promises';
import { randomStream } from '@lemmata/core';
import { hammingProfile } from '@lemmata/hamming';

const file = new URL('../../benchmarks/data/persuasion/persuasion.txt', import.meta.url);
const book = (await readFile(file, 'utf8')).replaceAll(/\s+/g, ' ');
const LENGTH = 400;

// The passage, and what the scanner made of it.
const origin = book.indexOf('The last office of the four carriage-horses');
const noise = randomStream('scanner');
const misread = (letter) => (noise.uniform() < 1 / 8 ? String.fromCharCode(97 + noise.integer(26)) : letter);
const copy = [...book.slice(origin, origin + LENGTH)].map(misread).join('');
console.log(`${copy.slice(0, 90)}...\n`);

const { distances, plan } = hammingProfile(book, copy);
const order = [...distances.keys()].sort((a, b) => distances[a] - distances[b] || a - b);
console.log(`${distances.length} windows of ${LENGTH} letters, compared by '${plan.method}'`);
console.log('   place  letters that differ');
for (const place of order.slice(0, 4)) {
  console.log(
    `${String(place).padStart(8)}  ${String(distances[place]).padStart(5)}  ${book.slice(place, place + 60)}`,
  );
}
const best = order[0];
console.log(
  `\nfound at ${best}, copied from ${origin}; the next place has ${distances[order[1]] - distances[best]} more`,
);
