import { exp, log } from '@lemmata/core';
import type { Collection, Settled } from './collect.js';
import { median } from './execute-task.js';
import type { PlannedSuite, PlannedTask } from './plan.js';
import type { TaskRecord, TaskStatus } from './record.js';
import { isFailure } from './run-plan.js';

/** A number, or a bound for it: `>` it is at least that, `<` at most. */
export interface Bounded {
  /** The number. */
  readonly value: number;
  /** Empty when the number is exact. */
  readonly bound: '' | '<' | '>';
}

/** A solver in a cell, over all repetitions. */
export interface Entry {
  /** Label of the solver. */
  readonly label: string;
  /** Its task of every repetition. */
  readonly settled: readonly Settled[];
  /** Statuses with how often each came, in the order of repetitions; `not run` for those without a record. */
  readonly statuses: readonly (TaskStatus | 'not run')[];
  /** Whether every repetition reached the target, or ended by itself where there is none. */
  readonly reached: boolean;
  /** Median of the final metric over the repetitions that ran, or null. */
  readonly metric: number | null;
  /** Median of the cold times in seconds, or null. */
  readonly cold: number | null;
  /** Median of the compared times in seconds, with the budget as a bound where the target was not reached; or null. */
  readonly time: Bounded | null;
  /** Shortest warm run in seconds, or null. */
  readonly fastest: number | null;
  /** Median of the problem's count, or null when the solver does not report it. */
  readonly count: number | null;
  /**
   * Time divided by the baseline's, the geometric mean over repetitions: 1 for the baseline itself, lower is faster. Null
   * without a baseline.
   */
  readonly timeRatio: Bounded | null;
}

/** One problem, data set and target with all its contenders. */
export interface Cell {
  /** The task of the first contender: problem, data set, target. */
  readonly task: PlannedTask;
  /** The contenders in the order of the suite. */
  readonly entries: readonly Entry[];
}

/** A solver over a whole suite. */
export interface Coverage {
  /** Label of the solver. */
  readonly label: string;
  /** Number of cells in the suite. */
  readonly cells: number;
  /** Cells in which every repetition reached its target. */
  readonly reached: number;
  /** Tasks that ran, whatever came of it. */
  readonly supported: number;
  /** Tasks that were skipped or cannot run here. */
  readonly skipped: number;
  /** Tasks that failed. */
  readonly failed: number;
  /** Geometric mean of the cells' time ratios, null unless every cell has one. */
  readonly timeRatio: Bounded | null;
  /** Number of cells with a time ratio. */
  readonly compared: number;
}

/** Groups values by a key, in the order of their first appearance. */
function groupBy<T>(values: readonly T[], key: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const name = key(value);
    groups.set(name, [...(groups.get(name) ?? []), value]);
  }
  return [...groups.values()];
}

/**
 * Arranges the tasks of a suite in cells and compares the contenders of each.
 *
 * @param collection - plan and records
 * @param suite - the suite
 * @returns the cells in the order of the plan: every cell of the grid, also those that were not reached
 */
export function cellsOf({ settled }: Collection, suite: PlannedSuite): Cell[] {
  const own = settled.filter(({ task }) => task.suite === suite.name);
  const cells = groupBy(own, ({ task }) => JSON.stringify([task.problem.id, task.dataset.id, task.target]));
  return cells.map((cell) => {
    const contenders = groupBy(cell, ({ task }) => task.solver.label);
    const baseline = contenders.find(([first]) => first.task.solver.label === suite.baseline);
    return { task: cell[0].task, entries: contenders.map((contender) => toEntry(contender, baseline)) };
  });
}

function toEntry(settled: readonly Settled[], baseline: readonly Settled[] | undefined): Entry {
  const records = settled.map(({ record }) => record).filter((record) => record !== undefined);
  const ran = records.filter(({ time }) => time !== null);
  const numbers = (values: readonly (number | null | undefined)[]): number[] =>
    values.filter((value) => typeof value === 'number' && !Number.isNaN(value)) as number[];
  const middle = (values: readonly (number | null | undefined)[]): number | null => {
    const present = numbers(values);
    return present.length === 0 ? null : median(present);
  };
  const times = records.map(comparedTime).filter((time) => time !== null);
  const fastest = numbers(ran.map(({ time }) => time?.warmMin));
  return {
    label: settled[0].task.solver.label,
    settled,
    statuses: settled.map(({ record }) => record?.status ?? 'not run'),
    reached: records.length === settled.length && records.every(isReached),
    metric: middle(ran.map(({ final, problem }) => final?.[problem.metric])),
    cold: middle(ran.map(({ time }) => time?.cold)),
    time: times.length === 0 ? null : { value: median(times.map(({ value }) => value)), bound: jointBound(times) },
    fastest: fastest.length === 0 ? null : Math.min(...fastest),
    count: middle(ran.map(({ counts, problem }) => counts[problem.count])),
    timeRatio: baseline === undefined ? null : timeRatioOf(settled, baseline),
  };
}

function isReached(record: TaskRecord): boolean {
  return record.target === null ? record.status === 'done' : record.reached;
}

/**
 * The time of a task that is compared: the warm median, or the cold run where there are no warm ones. A task that missed
 * its target or failed counts with its budget as a bound; one that could not run has no time.
 *
 * @param record - the task's record
 */
export function comparedTime(record: TaskRecord): Bounded | null {
  if (record.status === 'skipped' || record.status === 'unsupported') return null;
  const missed = record.target !== null && !record.reached;
  if (record.time === null || missed) return { value: record.budget.maxSeconds, bound: '>' };
  return { value: record.time.warm ?? record.time.cold, bound: '' };
}

/** The bound of a summary: that of its members, exact only when all of them are. Members never point both ways here. */
function jointBound(values: readonly Bounded[]): Bounded['bound'] {
  return values.find(({ bound }) => bound !== '')?.bound ?? '';
}

/** Contender over baseline, repetition by repetition; null when one of them cannot be told. */
function timeRatioOf(contender: readonly Settled[], baseline: readonly Settled[]): Bounded | null {
  const ratios: Bounded[] = [];
  for (const { task, record } of contender) {
    const other = baseline.find((settled) => settled.task.repetition === task.repetition)?.record;
    const ratio = record === undefined || other === undefined ? null : timeRatio(record, other);
    if (ratio === null) return null;
    ratios.push(ratio);
  }
  return geometricMean(ratios);
}

/**
 * The compared time of a record divided by that of another: lower is faster.
 *
 * @param record - the numerator
 * @param other - the denominator, the baseline
 * @returns the ratio; null when one has no time, both are bounds, or they come from different environments
 */
export function timeRatio(record: TaskRecord, other: TaskRecord): Bounded | null {
  if (record.environmentId !== other.environmentId) return null;
  const [own, theirs] = [comparedTime(record), comparedTime(other)];
  if (own === null || theirs === null || (own.bound !== '' && theirs.bound !== '')) return null;
  return { value: own.value / theirs.value, bound: theirs.bound === '>' ? '<' : own.bound };
}

/**
 * The geometric mean of ratios, with a bound where any of them has one.
 *
 * @param ratios - positive numbers
 * @returns the mean; null when there are none or when bounds point both ways, since nothing is then known
 */
export function geometricMean(ratios: readonly Bounded[]): Bounded | null {
  const bounds = new Set(ratios.map(({ bound }) => bound).filter((bound) => bound !== ''));
  if (ratios.length === 0 || bounds.size > 1 || ratios.some(({ value }) => !(value > 0))) return null;
  const sum = ratios.reduce((total, { value }) => total + log(value), 0);
  return { value: exp(sum / ratios.length), bound: [...bounds][0] ?? '' };
}

/**
 * Sums a suite up, solver by solver: coverage, and the mean time ratio over the cells.
 *
 * @param cells - the cells of the suite
 * @returns one row a solver, in the order of the suite
 */
export function coverageOf(cells: readonly Cell[]): Coverage[] {
  const byLabel = groupBy(
    cells.flatMap(({ entries }) => entries),
    ({ label }) => label,
  );
  return byLabel.map((entries) => {
    const statuses = entries.flatMap((entry) => entry.statuses);
    const ratios = entries.map(({ timeRatio }) => timeRatio).filter((ratio) => ratio !== null);
    const skipped = statuses.filter((status) => status === 'skipped' || status === 'unsupported').length;
    return {
      label: entries[0].label,
      cells: entries.length,
      reached: entries.filter(({ reached }) => reached).length,
      supported: statuses.filter((status) => status !== 'not run').length - skipped,
      skipped,
      failed: statuses.filter((status) => status !== 'not run' && isFailure(status)).length,
      // A mean over fewer cells than another solver's would compare different sets.
      timeRatio: ratios.length === entries.length ? geometricMean(ratios) : null,
      compared: ratios.length,
    };
  });
}

/** Times the shortest time that still counts as near it. */
export const NEAR = 1.5;

/**
 * Counts the cells in which the baseline's time is near the shortest of all: at most 1.5 times that of each other solver.
 * A solver that chooses among methods is judged by it.
 *
 * @param cells - the cells of a suite
 * @param baseline - label of the baseline
 * @returns the number of such cells among those in which another solver could be compared, and the number of these
 */
export function nearTheFastest(
  cells: readonly Cell[],
  baseline: string,
): { readonly near: number; readonly of: number } {
  const ratios = cells
    .map(({ entries }) =>
      entries.flatMap(({ label, timeRatio }) => (label === baseline || timeRatio === null ? [] : [timeRatio])),
    )
    .filter((others) => others.length > 0);
  const isNear = ({ value, bound }: Bounded): boolean => bound !== '<' && value * NEAR >= 1;
  return { near: ratios.filter((others) => others.every(isNear)).length, of: ratios.length };
}
