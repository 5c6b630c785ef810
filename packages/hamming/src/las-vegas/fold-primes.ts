import type { RandomStream } from '@lemmata/core';
import { nextPrime, randomPrime } from '../sums/primes.js';

/**
 * Gives the moduli of a convolution's folds, round after round.
 *
 * A round folds by one of the primes of its list: by the one that leaves the fewest sums open.
 */
export type FoldPrimes = (least: number, length: number) => Generator<readonly number[], never>;

/**
 * Draws one prime a round from [least, 2 least].
 *
 * @param stream - where draws come from
 * @returns the choice
 */
export function randomFolds(stream: RandomStream): FoldPrimes {
  return function* draw(least) {
    for (;;) yield [randomPrime(stream, least)];
  };
}

/**
 * Takes the first primes from `least` on, ceil(log2 length) a round.
 *
 * @returns the choice
 */
export function firstFolds(): FoldPrimes {
  return function* take(least, length) {
    let next = least;
    for (;;) {
      const primes: number[] = [];
      for (let left = 32 - Math.clz32(length - 1); left > 0; left--) {
        primes.push(nextPrime(next));
        next = primes[primes.length - 1] + 1;
      }
      yield primes;
    }
  };
}
