import { expect, it } from 'vitest';
import { residueClaims } from '../hamming/residue-claims.js';

it.each(residueClaims)('$id holds, and is broken by its baseline', async ({ bound, measure, measureBaseline }) => {
  const kept = (value: number) => ('atMost' in bound ? value <= bound.atMost : value >= bound.atLeast);
  expect(kept(await measure())).toBe(true);
  if (measureBaseline !== undefined) expect(kept(await measureBaseline())).toBe(false);
});
