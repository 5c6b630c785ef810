import { expect, it } from 'vitest';
import { screenSparseGroups } from './sparse-group-screening.js';

it('screening never rules out a group of the support, 2000 random designs', () => {
  const { wrong, screened } = screenSparseGroups(2000, 'sparse-group screening, full');
  expect(wrong).toBe(0);
  expect(screened).toBeGreaterThan(2000);
});
