// Where in the genome of phage lambda would a guide of 20 bases bind, with up to eight of them wrong, on either strand? It
// needs NGG right behind it: the bases of this motif must fit, and N stands for any.
//
//   node examples/hamming/guides.js
import { readFile } from 'node:fs/promises';
import { hammingSearch, IUPAC, preparePattern, reverseComplement } from '@lemmata/hamming';

const file = new URL('../../benchmarks/data/lambda/lambda.fa', import.meta.url);
const genome = (await readFile(file, 'utf8')).split('\n').slice(1).join('').toUpperCase();
const MISMATCHES = 8;

// A guide is any 20 bases in front of a motif; take the one behind base 20,000.
const motif = genome.slice(20_000).search(/.GG/) + 20_000;
const guide = genome.slice(motif - 20, motif);
console.log(`${genome.length} bases; guide ${guide} at ${motif - 20}\n`);

const strands = [
  { sign: '+', text: `${guide}NGG`, motif: [20, 21, 22] },
  { sign: '-', text: reverseComplement(`${guide}NGG`), motif: [0, 1, 2] },
];
console.log('position  strand  wrong  bases there');
let compared = 0;
for (const { sign, text, motif: required } of strands) {
  const pattern = preparePattern(text, { classes: IUPAC });
  const { positions, distances, counts } = hammingSearch(genome, pattern, MISMATCHES, { required });
  positions.forEach((position, hit) => {
    const bases = genome.slice(position, position + text.length);
    const marked = [...bases].map((base, j) => (base === text[j] || text[j] === 'N' ? base : base.toLowerCase()));
    console.log(
      `${String(position).padStart(8)}  ${sign.padStart(6)}  ${String(distances[hit]).padStart(5)}  ${marked.join('')}`,
    );
  });
  compared += counts.verifiedSymbols;
  pattern.dispose();
}
console.log(
  `\nsmall letters differ; ${compared} bases were compared one by one of ${2 * 23 * genome.length} possible ones`,
);
