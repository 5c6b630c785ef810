import { canonicalJson, digestArray, digestJson } from '@lemmata/core';
import { expect, it } from 'vitest';
import { approximateProfile, hammingProfile, hammingSearch } from '../src/index.js';
import { randomSymbols } from './texts.js';

/** SHA-256 of answers, equal in every engine. A change of a digest is a minor version: say so in the changelog. */
const STORED = {
  profile: 'd100e021634fc4ec013e32a3d827083b57e67542c4bb2727c1768c866649e231',
  search: 'c046f148442fb005c39c8567ee5749dab472381d5d8fb62c3bfaf9484b3de46a',
  approximate: '65d5c111505a6d0a4693464d023226dc969def1c0d644202296e1399479b33c7',
};

const text = randomSymbols('golden', 20000, 60);
const pattern = text.slice(3000, 3500);

it.each(['auto', 'bytes', 'sliced', 'fft', 'heavy-light', 'marking'] as const)('profile, %s', async (method) => {
  expect(await digestArray(hammingProfile(text, pattern, { method }).distances)).toBe(STORED.profile);
});

it('search', async () => {
  const { positions, distances, mismatchOffsets, filter, counts } = hammingSearch(text, pattern.slice(0, 12), 9, {
    mismatches: true,
  });
  expect(positions.length).toBeGreaterThan(10);
  const arrays = [
    await digestArray(positions),
    await digestArray(distances),
    await digestArray(mismatchOffsets as Uint32Array),
  ];
  const json = canonicalJson({ arrays, filter, counts: { ...counts } });
  expect(await digestJson(JSON.parse(json))).toBe(STORED.search);
});

it('approximate profile', async () => {
  const { lower, upper, confidence, counts } = approximateProfile(text, pattern, { epsilon: 0.2, seed: 'golden' });
  const arrays = [await digestArray(lower), await digestArray(upper)];
  const json = canonicalJson({ arrays, confidence, maps: counts.maps });
  expect(await digestJson(JSON.parse(json))).toBe(STORED.approximate);
});
