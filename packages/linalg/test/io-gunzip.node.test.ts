import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { gunzip, readCsv } from '../src/io/index.js';
import { singleBytes, textOf } from './io-refusal.js';

// In Node alone: by their standard, browsers refuse what follows the first member.
test('several members are one text, wherever they are cut', async () => {
  const texts = ['a,b\n1', ',2\n', '', '3,4\n'.repeat(30000)];
  const members = Buffer.concat(texts.map((text) => gzipSync(text)));
  const collected = async (source: Iterable<Uint8Array>) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of gunzip(source)) chunks.push(chunk);
    return textOf(chunks);
  };
  expect(await collected([members])).toBe(texts.join(''));
  expect(await collected(singleBytes(members))).toBe(texts.join(''));
  const first = gzipSync(texts[0]).length;
  for (const cut of [first - 1, first, first + 1, first + 2]) {
    expect(await collected([members.subarray(0, cut), members.subarray(cut)])).toBe(texts.join(''));
  }
  expect((await readCsv(members)).rows).toBe(30001);
});
