import { DimensionError, InvalidInputError, refusal, requireInteger } from '@lemmata/core';

/** The columns of a design in groups: each column in one of them, none empty. */
export interface ColumnGroups {
  /** Number of groups. */
  readonly count: number;
  /** Where each group begins in `members`, and where the last one ends: length count + 1. */
  readonly starts: Int32Array;
  /** The columns group by group, rising in each; length n. */
  readonly members: Int32Array;
}

/** Groups as a caller may give them: the id of each column's group, or the columns of each group. */
export type GroupsLike = ArrayLike<number> | readonly ArrayLike<number>[];

/**
 * Every column for itself.
 *
 * @param cols - number of columns
 * @returns groups of one column each, in order
 */
export function singleColumns(cols: number): ColumnGroups {
  return {
    count: cols,
    starts: Int32Array.from({ length: cols + 1 }, (_, g) => g),
    members: Int32Array.from({ length: cols }, (_, j) => j),
  };
}

/**
 * Reads groups.
 *
 * @param given - an id for each column, integers from 0 with no gap, or a list of columns for each group
 * @param cols - columns of A
 * @param argument - name for messages
 * @param reason - what the number of columns is
 * @returns the groups
 * @throws DimensionError, InvalidInputError when some column is in no group or in two, or a group is empty
 */
export function readGroups(
  given: GroupsLike,
  cols: number,
  argument = 'options.groups',
  reason = 'columns of A',
): ColumnGroups {
  if (typeof given !== 'object' || given === null || typeof given.length !== 'number') {
    throw refusal(argument, 'an id for each column or a list of columns for each group', given);
  }
  const ids = typeof given[0] === 'object' ? idsOf(given as readonly ArrayLike<number>[], cols, argument) : given;
  if (ids.length !== cols) {
    throw new DimensionError(`${argument}: expected length ${cols} (${reason}), got ${ids.length}`, {
      argument,
      expected: cols,
      actual: ids.length,
    });
  }
  let count = 0;
  for (let j = 0; j < cols; j++) {
    count = Math.max(count, 1 + requireInteger(`${argument}[${j}]`, (ids as ArrayLike<number>)[j], 0, cols - 1));
  }
  const starts = new Int32Array(count + 1);
  for (let j = 0; j < cols; j++) starts[(ids as ArrayLike<number>)[j] + 1]++;
  for (let g = 0; g < count; g++) {
    if (starts[g + 1] === 0) throw refusal(argument, `a column in each of ${count} groups`, `none in group ${g}`);
    starts[g + 1] += starts[g];
  }
  const next = starts.slice();
  const members = new Int32Array(cols);
  for (let j = 0; j < cols; j++) members[next[(ids as ArrayLike<number>)[j]]++] = j;
  return { count, starts, members };
}

/** The group of each column from the columns of each group. */
function idsOf(lists: readonly ArrayLike<number>[], cols: number, argument: string): Int32Array {
  const ids = new Int32Array(cols).fill(-1);
  for (let g = 0; g < lists.length; g++) {
    const list = lists[g];
    if (typeof list !== 'object' || list === null || !(list.length > 0)) {
      throw refusal(`${argument}[${g}]`, 'a list of at least one column', list);
    }
    for (let k = 0; k < list.length; k++) {
      const place = `${argument}[${g}][${k}]`;
      const j = requireInteger(place, list[k], 0, cols - 1);
      if (ids[j] >= 0) throw wrongGroups(place, 'a column in no other place', `${j}, which is in group ${ids[j]}`);
      ids[j] = g;
    }
  }
  const missing = ids.indexOf(-1);
  if (missing >= 0) throw wrongGroups(argument, 'every column in a group', `none with column ${missing}`);
  return ids;
}

function wrongGroups(argument: string, expected: string, actual: string): InvalidInputError {
  const code = argument.startsWith('options.') ? 'ERR_OPTION' : 'ERR_INPUT';
  return new InvalidInputError(`${argument}: expected ${expected}, got ${actual}`, code, {
    argument,
    expected,
    actual,
  });
}
