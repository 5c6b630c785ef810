import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('leak-program.mjs', import.meta.url));

/**
 * What makes resident memory a measure of what solves hold: collections on request; a young generation that V8 does not
 * resize by 16 MB at a time; no helper threads with pools of their own; code compiled at the first call, not at the
 * thousandth.
 */
const FLAGS = [
  '--expose-gc',
  '--max-semi-space-size=1',
  '--single-threaded',
  '--always-sparkplug',
  '--no-lazy-feedback-allocation',
];

it('10,000 solves, some aborted, some thrown out of, some left early, keep no memory', () => {
  const { endings, live, first, last } = JSON.parse(
    execFileSync(process.execPath, [...FLAGS, PROGRAM], { encoding: 'utf8' }),
  );
  expect(endings).toEqual({ aborted: 1000, thrown: 1000, left: 1000, converged: 6000, refused: 1000 });
  expect(live).toBe(0);
  expect(last / first).toBeLessThanOrEqual(1.05);
});
