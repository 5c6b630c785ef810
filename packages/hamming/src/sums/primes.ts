import type { RandomStream } from '@lemmata/core';

function isOddPrime(q: number): boolean {
  if (q < 3) return false;
  for (let d = 3; d * d <= q; d += 2) if (q % d === 0) return false;
  return true;
}

/**
 * Finds the next odd prime.
 *
 * @param from - an integer >= 0
 * @returns the smallest odd prime >= from
 */
export function nextPrime(from: number): number {
  let q = from % 2 === 0 ? from + 1 : from;
  while (!isOddPrime(q)) q += 2;
  return q;
}

/**
 * Draws a prime.
 *
 * @param stream - where draws come from
 * @param least - an integer >= 3
 * @returns an odd prime of [least, 2 least], each equally likely
 */
export function randomPrime(stream: RandomStream, least: number): number {
  // There is a prime between a number and its double (Bertrand), and one in O(log least) draws finds it.
  for (;;) {
    const q = least + stream.integer(least + 1);
    if (q % 2 === 1 && isOddPrime(q)) return q;
  }
}
