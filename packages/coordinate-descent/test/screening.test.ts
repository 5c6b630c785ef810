import { expect, it } from 'vitest';
import { screenRandomDesigns } from './screening-property.js';

it('never rules out a column of the support, over 200 designs', () => {
  const outcome = screenRandomDesigns(200, 'screening');
  expect(outcome.wronglyScreened).toBe(0);
  // A rule that rules out nothing would pass: most of the 3800 columns are ruled out by the end.
  expect(outcome.screened).toBeGreaterThan(1000);
});
