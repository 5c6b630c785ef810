import { it } from 'vitest';
import { fuzzMany } from './block-fuzz.js';

it('minimize certifies its answer or refuses with a typed error: 400 random calls', () => {
  fuzzMany(0, 400);
});
