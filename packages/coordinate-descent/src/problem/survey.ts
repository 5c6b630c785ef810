import type { Design } from './design.js';

/** What is to be said about a design before a run. */
export interface Survey {
  /** Whether the squared lengths of all columns are within range. */
  readonly finite: boolean;
  /** What a caller should know, in sentences; none when all is well. */
  readonly warnings: readonly string[];
}

/** How many columns a warning names. */
const NAMED = 5;

/**
 * Looks for columns that carry no information, or more than numbers can hold.
 *
 * @param design - the design, loaded
 * @returns what was found
 */
export function surveyDesign(design: Design): Survey {
  const { squares, cols, intercept } = design;
  let constant = 0;
  let sum = 0;
  for (let j = 0; j < cols; j++) {
    constant += squares[j] === 0 ? 1 : 0;
    sum += squares[j];
  }
  const finite = sum < Infinity || squares.every((square) => square < Infinity);
  if (constant === 0) return { finite, warnings: [] };
  const named: number[] = [];
  for (let j = 0; named.length < Math.min(constant, NAMED); j++) if (squares[j] === 0) named.push(j);
  const kind = intercept ? 'constant' : 'zero';
  const list = named.join(', ') + (constant > NAMED ? ', ...' : '');
  return { finite, warnings: [`${constant} of ${cols} columns are ${kind} (${list}): their coefficients stay 0`] };
}
