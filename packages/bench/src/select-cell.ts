import { InvalidInputError, type JsonValue } from '@lemmata/core';
import { listParams } from './params.js';
import type { PlannedTask } from './plan.js';

/**
 * What picks a cell: `problem` and `dataset` by their names, `target`, `repetition` (default 0), and parameters of
 * problem and data set by theirs.
 */
export type CellChoice = Readonly<Record<string, JsonValue>>;

/**
 * Picks the tasks of one cell.
 *
 * @param tasks - the tasks of a suite
 * @param choice - what the cell has to be
 * @returns its tasks, one a solver
 * @throws InvalidInputError `ERR_INPUT` with the cells there are when not exactly one fits
 */
export function selectCell(tasks: readonly PlannedTask[], choice: CellChoice): PlannedTask[] {
  const wanted = { repetition: 0, ...choice };
  const cells = new Map<string, PlannedTask[]>();
  for (const task of tasks) {
    const name = cellName(task);
    cells.set(name, [...(cells.get(name) ?? []), task]);
  }
  const fitting = [...cells.values()].filter(([task]) => {
    const facts = factsOf(task);
    return Object.entries(wanted).every(([name, value]) => JSON.stringify(facts[name]) === JSON.stringify(value));
  });
  if (fitting.length === 1) return fitting[0];
  throw new InvalidInputError(
    `cell: expected a choice that fits one cell, got ${listParams(wanted)}, which fits ${fitting.length} of:\n  ${[...cells.keys()].join('\n  ')}`,
    'ERR_INPUT',
    { argument: 'cell', actual: fitting.length },
  );
}

/**
 * Reads a cell's choice from a command line.
 *
 * @param text - `name=value,name=value`; values are JSON where they can be, else texts
 * @returns the choice
 * @throws InvalidInputError `ERR_INPUT` when a part has no value
 */
export function readCellChoice(text: string): CellChoice {
  const parts = text.split(',').filter((part) => part !== '');
  return Object.fromEntries(
    parts.map((part) => {
      const at = part.indexOf('=');
      if (at > 0) return [part.slice(0, at), readValue(part.slice(at + 1))];
      throw new InvalidInputError(`cell: expected name=value, got ${part}`, 'ERR_INPUT', { argument: 'cell' });
    }),
  );
}

function readValue(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

function factsOf({ problem, dataset, target, repetition }: PlannedTask): CellChoice {
  return {
    ...problem.params,
    ...dataset.params,
    problem: problem.name,
    dataset: dataset.name,
    target,
    repetition,
  };
}

function cellName({ problem, dataset, target, repetition }: PlannedTask): string {
  const params = { ...problem.params, ...dataset.params };
  return listParams({ problem: problem.name, dataset: dataset.name, ...params, target, repetition }).replaceAll(
    /(^|, )(\S+) /g,
    '$1$2=',
  );
}
