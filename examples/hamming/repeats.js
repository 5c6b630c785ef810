// Does a sequence repeat itself, and with what period? The distances between a sequence and its own shifts fall wherever a
// shift is a multiple of the period. The sequence is a stretch of the lambda genome with 30 copies of a unit of 23 bases in
// it, each with its own mistakes.
//
//   node examples/hamming/repeats.js
import { readFile } from 'node:fs/promises';
import { randomStream } from '@lemmata/core';
import { hammingProfile } from '@lemmata/hamming';

const file = new URL('../../benchmarks/data/lambda/lambda.fa', import.meta.url);
const genome = (await readFile(file, 'utf8')).split('\n').slice(1).join('').toUpperCase();
const [PERIOD, COPIES, WRONG] = [23, 30, 0.12];

const unit = genome.slice(15_000, 15_000 + PERIOD);
const noise = randomStream('mutations');
const mutated = (base) => (noise.uniform() < WRONG ? 'ACGT'[noise.integer(4)] : base);
const repeats = [...unit.repeat(COPIES)].map(mutated).join('');
const sequence = genome.slice(20_000, 21_000) + repeats + genome.slice(21_000, 22_000);

// A window in the middle of the repeats, against the sequence around it.
const WINDOW = 10 * PERIOD;
const middle = 1000 + Math.floor((repeats.length - WINDOW) / 2);
const { distances } = hammingProfile(sequence, sequence.slice(middle, middle + WINDOW));
const shifts = Array.from({ length: 100 }, (_, shift) => distances[middle + shift]);
console.log('shift  differing bases of the window');
for (let shift = 0; shift < 70; shift += 1) {
  if (shift % PERIOD <= 1 || shift % PERIOD === PERIOD - 1) {
    const bar = '#'.repeat(Math.round((60 * shifts[shift]) / WINDOW));
    console.log(`${String(shift).padStart(5)}  ${String(shifts[shift]).padStart(4)}  ${bar}`);
  }
}

// The period is the first shift at which far fewer bases differ than between unrelated ones (three of four).
const period = shifts.findIndex((distance, shift) => shift > 0 && distance < WINDOW / 2);
console.log(`\nperiod ${period}; planted ${PERIOD}`);
