import type { Design } from './design.js';

/** What is to be said about a design before a run. */
export interface Survey {
  /** Whether the squared lengths of all columns are within range. */
  readonly finite: boolean;
  /** What a caller should know, in sentences; none when all is well. */
  readonly warnings: readonly string[];
}

/**
 * Lists where numbers that are not negative are not 0. Sparse designs have empty columns in no order, at which a branch
 * would be mispredicted half of the time: the bits of each number say it without one.
 *
 * @param values - the numbers, none of them below 0 or -0
 * @param places - becomes the places, rising, followed by anything
 * @returns how many there are
 */
export function nonzeroPlaces(values: Float64Array, places: Int32Array): number {
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  let count = 0;
  for (let j = 0; j < values.length; j++) {
    const bits = words[2 * j] | words[2 * j + 1];
    places[count] = j;
    count += (bits | -bits) >>> 31;
  }
  return count;
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
  let sum = 0;
  for (let j = 0; j < cols; j++) sum += squares[j];
  const constant = cols - nonzeroPlaces(squares, design.work.selection);
  const finite = sum < Infinity || squares.every((square) => square < Infinity);
  if (constant === 0) return { finite, warnings: [] };
  const named: number[] = [];
  for (let j = 0; named.length < Math.min(constant, NAMED); j++) if (squares[j] === 0) named.push(j);
  const kind = intercept ? 'constant' : 'zero';
  const list = named.join(', ') + (constant > NAMED ? ', ...' : '');
  return { finite, warnings: [`${constant} of ${cols} columns are ${kind} (${list}): their coefficients stay 0`] };
}
