import { canonicalJson, digestArray, digestJson } from '@lemmata/core';
import { expect, it } from 'vitest';
import { approximateProfile, hammingProfile, hammingSearch } from '../src/index.js';
import { randomSymbols } from './texts.js';

/** SHA-256 of answers, equal in every engine. A change of a digest is a minor version: say so in the changelog. */
const STORED = {
  profile: 'd100e021634fc4ec013e32a3d827083b57e67542c4bb2727c1768c866649e231',
  search: 'c046f148442fb005c39c8567ee5749dab472381d5d8fb62c3bfaf9484b3de46a',
  occurrences: 'f3efa68d56f224004a9089f20be35a5d4cc36e1600a2f655c4a705df96ba2bc0',
  bounded: 'b359d6daec6ad33599c11de8857d064e25265cbdb8c2b68eda927d5afadd6161',
  periodic: '9d7d4d7c0643d42ebb562408ba053854ce951a971ad0d342866ddf8ca890c8b0',
  'las-vegas': 'd423153f37438de92754716f913ca4b111d0b2a782c3a280cc09d333a8055061',
  deterministic: '5c896acd128d06878285c202f7527ef69ec316b6074333794bf8fc83d40a635f',
  approximate: '65d5c111505a6d0a4693464d023226dc969def1c0d644202296e1399479b33c7',
};

const text = randomSymbols('golden', 20000, 60);
const pattern = text.slice(3000, 3500);

it.each(['auto', 'bytes', 'sliced', 'fft', 'heavy-light', 'marking', 'las-vegas', 'deterministic'] as const)(
  'profile, %s',
  async (method) => {
    expect(await digestArray(hammingProfile(text, pattern, { method }).distances)).toBe(STORED.profile);
  },
);

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
  const { laneWords, planeWords, transformPoints, increments, itemPairs, fallbackBlocks } = counts;
  const { candidates, verifiedSymbols } = counts;
  const ofProfile = { laneWords, planeWords, transformPoints, increments, itemPairs, fallbackBlocks };
  const json = canonicalJson({ arrays, filter, counts: { ...ofProfile, candidates, verifiedSymbols } });
  expect(await digestJson(JSON.parse(json))).toBe(STORED.search);
});

it.each(['abort', 'shift-add', 'alp', 'bounded', 'profile'] as const)('search, filter %s', async (filter) => {
  const { positions, distances } = hammingSearch(text, pattern.slice(0, 12), 9, { filter });
  const arrays = [await digestArray(positions), await digestArray(distances)];
  expect(await digestJson(arrays)).toBe(STORED.occurrences);
});

/** A period of 7 letters with other letters at some places. */
const nearlyPeriodic = randomSymbols('golden periodic', 9000, 60).map((symbol, i) => (i % 61 === 0 ? symbol : i % 7));

it('search by estimates and a period', async () => {
  const { positions, distances, counts } = hammingSearch(nearlyPeriodic, nearlyPeriodic.slice(50, 1050), 40, {
    filter: 'bounded',
    seed: 'golden',
  });
  const arrays = [await digestArray(positions), await digestArray(distances)];
  const { candidates, itemPairs, verifiedSymbols, maps } = counts;
  expect(positions.length).toBeGreaterThan(10);
  expect(itemPairs).toBeGreaterThan(0);
  const json = canonicalJson({ arrays, candidates, itemPairs, verifiedSymbols, maps });
  expect(await digestJson(JSON.parse(json))).toBe(STORED.bounded);
});

it('profile, periodic', async () => {
  const { distances, counts } = hammingProfile(nearlyPeriodic, nearlyPeriodic.slice(50, 1050), { method: 'periodic' });
  // The number of pairs tells which stride was chosen.
  const json = canonicalJson({ distances: await digestArray(distances), itemPairs: counts.itemPairs });
  expect(await digestJson(JSON.parse(json))).toBe(STORED.periodic);
});

it.each(['las-vegas', 'deterministic'] as const)('profile by residues, %s', async (method) => {
  const letters = randomSymbols('golden letters', 9000, 8);
  const { distances, counts } = hammingProfile(letters, letters.slice(50, 2050), { method, seed: 'golden' });
  const { transformPoints, residuePoints, residuePairs, verifications, rounds } = counts;
  expect(rounds).toBeGreaterThan(0);
  // The counts tell which primes were taken.
  const spent = { transformPoints, residuePoints, residuePairs, verifications, rounds };
  const json = canonicalJson({ distances: await digestArray(distances), ...spent });
  expect(await digestJson(JSON.parse(json))).toBe(STORED[method]);
});

it('approximate profile', async () => {
  const { lower, upper, confidence, counts } = approximateProfile(text, pattern, { epsilon: 0.2, seed: 'golden' });
  const arrays = [await digestArray(lower), await digestArray(upper)];
  const json = canonicalJson({ arrays, confidence, maps: counts.maps });
  expect(await digestJson(JSON.parse(json))).toBe(STORED.approximate);
});
