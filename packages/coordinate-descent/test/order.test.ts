import { randomStream } from '@lemmata/core';
import { expect, it } from 'vitest';
import { FallingOrder } from '../src/blocks/selection/order.js';
import { TopScores } from '../src/blocks/selection/top.js';

/** Scores of all sizes, ties, zeros of both signs, infinity and subnormal numbers among them. */
function scoresOf(seed: number, n: number): Float64Array {
  const stream = randomStream(seed);
  return Float64Array.from({ length: n }, () => {
    const kind = stream.integer(8);
    if (kind === 0) return 0;
    if (kind === 1) return -0;
    if (kind === 2) return stream.integer(3);
    if (kind === 3) return stream.uniform() * Number.MIN_VALUE * 1e6;
    if (kind === 4) return stream.integer(50) === 0 ? Infinity : 1e300 * stream.uniform();
    return stream.uniform();
  });
}

it.each([1, 2, 7, 255, 256, 257, 1000, 5000])('orders %s scores as comparisons do, and finds the largest', (n) => {
  const falling = new FallingOrder(n);
  const top = new TopScores(n);
  for (let seed = 0; seed < 8; seed++) {
    const scores = scoresOf(seed, n);
    const expected = Array.from(scores, (_, i) => i).sort((i, j) => scores[j] - scores[i] || i - j);
    // Infinity - Infinity is no number, and no difference.
    const compared = Array.from(scores, (_, i) => i).sort((i, j) =>
      scores[i] === scores[j] ? i - j : scores[j] > scores[i] ? 1 : -1,
    );
    expect([...falling.of(scores)]).toEqual(compared);
    if (scores.every(Number.isFinite)) expect(compared).toEqual(expected);
    for (const count of [1, Math.ceil(n / 3), n]) {
      expect([...top.select(scores, count)]).toEqual(compared.slice(0, count).sort((i, j) => i - j));
    }
  }
});
