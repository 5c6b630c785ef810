import { it } from 'vitest';
import { fuzzMany } from './block-fuzz.js';

it('minimize certifies its answer or refuses with a typed error: 10,000 random calls', () => {
  fuzzMany(1000, 11000);
});
