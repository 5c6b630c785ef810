import { describe, expect, it } from 'vitest';
import { BLOCK, openGenome } from '../dist/hamming/scale/genome.js';
import { measureScale } from '../dist/hamming/scale/scale.js';
import { searchShare } from '../dist/hamming/scale/share-search.js';

const params = { letters: BLOCK + 50_000, m: 23, k: 4, seed: 'test' };

const COMPLEMENT: Record<string, string> = { A: 'T', C: 'G', G: 'C', T: 'A' };

/** Distances of at most k on both strands, letter by letter; sharing no code with the search. */
function windows(text: string, pattern: string, k: number) {
  const other = Array.from(pattern, (letter) => COMPLEMENT[letter])
    .reverse()
    .join('');
  const found: { position: number; distance: number; strand: '+' | '-' }[] = [];
  for (let position = 0; position + pattern.length <= text.length; position++) {
    for (const [strand, letters] of [
      ['+', pattern],
      ['-', other],
    ] as const) {
      let distance = 0;
      for (let j = 0; j < letters.length && distance <= k; j++) if (text[position + j] !== letters[j]) distance++;
      if (distance <= k) found.push({ position, distance, strand });
    }
  }
  return found;
}

describe('a genome made block by block', async () => {
  const genome = await openGenome(params);
  const blocks = Array.from({ length: genome.blocks }, (_, index) => genome.block(index));
  const text = blocks.map((block) => new TextDecoder().decode(block.text)).join('');
  const found = windows(text, genome.pattern, params.k);

  it('is as long as it is asked to be, of bases and runs of N, and the same each time', () => {
    expect(text).toMatch(/^[ACGTN]+$/);
    expect([text.length, /N{500}/.test(text)]).toEqual([params.letters, true]);
    expect(genome.block(1)).toEqual(blocks[1]);
  });

  it('has the planted copies at the distances it says', () => {
    const planted = blocks.flatMap((block) => block.planted);
    expect(planted).toHaveLength(20);
    expect(found).toEqual(expect.arrayContaining(planted));
  });

  it('is searched whole and in shares', async () => {
    const { thread, workers, residentBytes, candidatesPerMillion } = await measureScale(params, 2);
    expect([thread.hits, thread.planted, thread.missed]).toEqual([found.length, 20, 0]);
    expect(thread.bytes).toBe(params.letters + Math.floor(params.letters / 60));
    expect(residentBytes[1]).toBeGreaterThanOrEqual(residentBytes[0]);
    expect(candidatesPerMillion).toBeGreaterThan(0);
    expect([workers?.idle.hits, workers?.idle.missed]).toEqual([found.length, 0]);
    const together = workers?.together ?? [];
    expect(together).toHaveLength(2);
    expect(together.reduce((sum, { hits }) => sum + hits, 0)).toBe(found.length);
    expect(together.every(({ missed }) => missed === 0)).toBe(true);
  });

  it('counts of a share only what lies in it', async () => {
    const [first] = blocks[0].planted;
    const share = { start: first.position + 1, end: blocks[0].planted[9].position + params.m - 1 };
    const { hits, planted, missed } = await searchShare(params, share);
    const inside = found.filter(({ position }) => position >= share.start && position + params.m <= share.end);
    expect([hits, planted, missed]).toEqual([inside.length, 8, 0]);
  });
});
