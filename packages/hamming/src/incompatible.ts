import { InvalidInputError } from '@lemmata/core';

/**
 * Builds the error for an option that cannot go together with others or with the data.
 *
 * @param argument - the option, such as `options.method`
 * @param expected - what would have been accepted
 * @param actual - what came
 * @returns the error, to be thrown: `ERR_INCOMPATIBLE`
 */
export function incompatible(argument: string, expected: string, actual: string | number): InvalidInputError {
  const message = `${argument}: expected ${expected}, got ${actual}`;
  return new InvalidInputError(message, 'ERR_INCOMPATIBLE', { argument, expected, actual });
}
