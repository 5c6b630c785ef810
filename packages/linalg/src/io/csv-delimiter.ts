import { refusal } from '@lemmata/core';

/**
 * Requires a delimiter.
 *
 * @param value - what came
 * @returns one UTF-16 unit that is no quote, no line end and no byte order mark
 * @throws InvalidInputError `ERR_OPTION` for anything else
 */
export function requireDelimiter(value: unknown): string {
  if (typeof value === 'string' && value.length === 1 && !/["\r\n\uFEFF\uD800-\uDFFF]/.test(value)) return value;
  throw refusal('options.delimiter', 'one character other than a quote and a line end', value);
}
