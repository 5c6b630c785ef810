// Data of the kernels: the same numbers in every process.
import { randomStream } from '@lemmata/core';

/** `length` numbers between -1 and 1. */
export function uniform(name: string, length: number): Float64Array {
  const stream = randomStream('kernels').fork(name);
  return Float64Array.from({ length }, () => 2 * stream.uniform() - 1);
}

/** Vectors of numbers, one after the other, as one. */
export function joined(...parts: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => Array.from(part)));
}
