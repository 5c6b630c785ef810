import { expect, it } from 'vitest';
import { fewestPairs, matchesByChanges, patternChanges } from '../src/kernels/periodic.js';
import { openMatter } from '../src/symbols/prepare-pattern.js';
import { bruteForce, randomSymbols } from './texts.js';

it.each([1, 2, 3, 20, 300])('every stride gives the matches of brute force, %d letters', (letters) => {
  for (const [n, m] of [
    [1, 1],
    [40, 1],
    [40, 17],
    [200, 64],
    [70, 70],
  ]) {
    const text = randomSymbols(`text ${n}`, n, letters);
    const pattern = text.slice(n - m);
    const matter = openMatter(text, pattern, false);
    const expected = bruteForce(text, pattern).map((distance) => m - distance);
    for (const rho of [1, 2, 3, m, m + 5, n + 7]) {
      const changes = patternChanges(matter.pattern, rho);
      const steps = matchesByChanges(matter.text, matter.pattern, changes);
      let step = steps.next();
      while (step.done !== true) step = steps.next();
      expect(Array.from(step.value.sums.subarray(m + rho, n + rho + 1))).toEqual(expected);
    }
  }
});

it('takes the stride of the fewest pairs, in slices', () => {
  // Runs of five letters repeat after 15 symbols; a stride of 30 has more changes at the ends.
  const text = Uint8Array.from({ length: 6000 }, (_, i) => Math.floor(i / 5) % 3);
  const { text: letters, pattern } = openMatter(text, text.slice(0, 3000), false);
  const choice = fewestPairs(letters, pattern);
  let slices = 0;
  let step = choice.next();
  for (; step.done !== true; step = choice.next()) slices++;
  expect(step.value.rho).toBe(15);
  expect(slices).toBeGreaterThan(1);
});
