import { InvalidInputError } from '@lemmata/core';

/** A place in a text: line and column, both from 1; columns count UTF-16 units. */
export interface TextPosition {
  /** Line, from 1; lines end with a line feed, also inside quotes. */
  readonly line: number;
  /** Position in the line, from 1. */
  readonly column: number;
}

/** Longest piece of the input that a message repeats. */
const SHOWN = 40;

/**
 * Builds the error for text that does not follow its format.
 *
 * @param place - where it was found
 * @param expected - what would have been accepted
 * @param actual - what came; text is shown in quotes and cut after 40 characters
 * @returns the error, to be thrown, with `line` and `column` in its details
 */
export function formatError(place: TextPosition, expected: string, actual: string): InvalidInputError {
  const { line, column } = place;
  return new InvalidInputError(
    `source, line ${line}, column ${column}: expected ${expected}, got ${actual}`,
    'ERR_FORMAT',
    {
      argument: 'source',
      expected,
      actual,
      line,
      column,
    },
  );
}

/** Text in quotes, cut after 40 characters, for the "got" part of a message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > SHOWN ? text.slice(0, SHOWN) + '...' : text);
}
