import { expect, it } from 'vitest';
import { matchesByChanges, patternChanges } from '../src/kernels/periodic.js';
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
