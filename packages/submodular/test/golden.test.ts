import { canonicalJson, digestArray, digestJson, randomStream } from '@lemmata/core';
import { expect, it } from 'vitest';
import { DynamicSelector, facilityLocation, select, weightedCoverage } from '../src/index.js';
import { randomSets } from './problems.js';

/**
 * SHA-256 of answers, equal in every engine. The data are uniform draws, combined with + and * alone.
 * A change of a digest is a minor version: say so in the changelog.
 */
const STORED = {
  select: 'a4807a84b5699bfc99d0089e646d1960a4eca487bef4a79dbbb1cfd80359083f',
  'dynamic, facility location': '42f330a24728b334c7aa88750308ebb7bf67cc1150b9d8d0cae125c9b75a8818',
  'dynamic, coverage': 'e5147aa535b964de18ae4b17f237c91a8289f5399f8b58c8ffd5eebedaf237c6',
};

const stream = randomStream('golden');
const location = facilityLocation(
  Array.from({ length: 120 }, () => Array.from({ length: 50 }, () => stream.uniform() * stream.uniform())),
);
const coverage = weightedCoverage(randomSets(stream, 120, 80, 12), {
  weights: Array.from({ length: 80 }, () => stream.uniform()),
});

it('a selection has the stored digest', async () => {
  const { selected, gains, value, certificate, counts, history } = select(location, { k: 12 });
  const arrays = [await digestArray(selected), await digestArray(gains), await digestArray(history.upperBound)];
  const data = { arrays, value, bound: certificate?.upperBound ?? null, counts: { ...counts } };
  expect(await digestJson(data)).toBe(STORED.select);
});

it.each([
  ['dynamic, facility location', location],
  ['dynamic, coverage', coverage],
] as const)('%s: the whole state has the stored digest', async (name, f) => {
  const selector = new DynamicSelector(f, { k: 7, seed: 'golden' });
  const updates = randomStream('golden updates');
  const seen: number[] = [];
  for (let t = 0; t < 400; t++) {
    const e = updates.integer(f.n);
    if (selector.has(e)) selector.delete(e);
    else selector.insert(e);
    seen.push(selector.value, selector.upperBound);
  }
  const state = JSON.parse(canonicalJson({ ...JSON.parse(JSON.stringify(selector.snapshot())), seen }));
  expect(await digestJson(state)).toBe(STORED[name]);
});
