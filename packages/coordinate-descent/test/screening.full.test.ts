import { expect, it } from 'vitest';
import { screenRandomDesigns } from './screening-property.js';

it('never rules out a column of the support, over 1000 designs', () => {
  const outcome = screenRandomDesigns(1000, 'screening-full');
  expect(outcome.wronglyScreened).toBe(0);
  expect(outcome.screened).toBeGreaterThan(5000);
});
