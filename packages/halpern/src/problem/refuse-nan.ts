import { NumericalError } from '@lemmata/core';

/** Beyond this size intermediate results of the caller's may overflow: such a run has diverged. */
const MODERATE = 1e100;

/**
 * Refuses NaN that a function of the caller's made of numbers of moderate size.
 *
 * @param name - the function, for the message
 * @param input - what it was given
 * @param output - what it wrote
 * @throws NumericalError when the output holds NaN and the input is finite and moderate
 */
export function refuseNaN(name: string, input: Float64Array, output: Float64Array): void {
  let sum = 0;
  for (let j = 0; j < output.length; j++) sum += output[j];
  if (!Number.isNaN(sum)) return;
  for (let j = 0; j < input.length; j++) if (!(Math.abs(input[j]) <= MODERATE)) return;
  const index = output.findIndex((value) => Number.isNaN(value));
  // Infinities of both signs add up to NaN as well.
  if (index < 0) return;
  throw new NumericalError(`${name}: expected numbers, got NaN at entry ${index}`, { argument: name, index });
}
