import { expect, it } from 'vitest';
import { fuzzFilters, fuzzProfiles } from './search-fuzz.js';

it.each(Array.from({ length: 10 }, (_, round) => round))(
  'every filter finds what brute force finds in a tenth of a million random texts, round %d',
  (round) => {
    expect(fuzzFilters(`a million texts, round ${round}`, 100_000)).toBeGreaterThan(70_000);
  },
);

it('every method gives the distances of brute force for a hundred thousand random texts', () => {
  expect(fuzzProfiles('profiles', 100_000)).toBeGreaterThan(70_000);
});
