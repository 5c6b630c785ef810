import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readFasta } from '../src/index.js';

// In Node alone: by their standard, browsers refuse what follows the first member.
it('reads several members as one file, as zlib makes and bgzip cuts them', async () => {
  const parts = ['>one a', ' note\nAC', '', 'GT\n>tw', 'o\nTTT\n', 'ACGTACGTAC\n'.repeat(20000)];
  const members = Buffer.concat(parts.map((part) => gzipSync(part)));
  for (const size of [1, 7, 1000, members.length]) {
    const chunks = Array.from({ length: Math.ceil(members.length / size) }, (_, c) =>
      members.subarray(c * size, (c + 1) * size),
    );
    const found: [name: string, letters: number][] = [];
    for await (const { record, name, sequence } of readFasta(chunks)) {
      found[record] ??= [name, 0];
      found[record][1] += sequence.length;
    }
    expect(found).toEqual([
      ['one', 4],
      ['two', 200003],
    ]);
  }
});
