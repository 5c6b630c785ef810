import { measureClaims } from '@lemmata/bench';
import { expect, it } from 'vitest';
import { claims } from '../coordinate-descent/claims.js';

const MODULE = new URL('../dist/coordinate-descent/claims.js', import.meta.url).pathname;

it('the claims of coordinate descent hold, and each is broken by its baseline', async () => {
  const { lines } = await measureClaims([MODULE]);
  expect(lines.map(({ id }) => id)).toEqual(claims.map(({ id }) => id));
  for (const { id, outcome, baseline } of lines) {
    expect([id, outcome]).toEqual([id, 'holds']);
    expect(baseline).not.toBeNull();
  }
});
