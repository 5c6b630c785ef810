import { expect, it } from 'vitest';
import { approximateClaims } from '../hamming/approximate-claims.js';

it.each(approximateClaims)('$id holds, and is broken by its baseline', async ({ bound, measure, measureBaseline }) => {
  const kept = (value: number) => ('atMost' in bound ? value <= bound.atMost : value >= bound.atLeast);
  expect(kept(await measure())).toBe(true);
  if (measureBaseline !== undefined) expect(kept(await measureBaseline())).toBe(false);
});
