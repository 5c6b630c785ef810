import { refusal } from '@lemmata/core';

/**
 * Requires the index of the first column.
 *
 * @param value - what came
 * @returns 0 or 1
 * @throws InvalidInputError `ERR_OPTION` for anything else
 */
export function requireFirstIndex(value: unknown): 0 | 1 {
  if (value === 0 || value === 1) return value;
  throw refusal('options.firstIndex', '0 or 1', value);
}
