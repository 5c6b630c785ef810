import type { Cell, Entry } from '../cells.js';
import type { TaskRecord } from '../record.js';

/** Number of colours, dash patterns and markers that tell solvers apart before they repeat. */
export const STYLES = 6;

/** One line of a figure: what a solver did in one repetition. */
export interface Trace {
  /** Number of the repetition, from 0. */
  readonly repetition: number;
  /** The rows, by increasing cost: iteration, cost, seconds, metric. */
  readonly rows: readonly TraceRow[];
}

/** A point of a trace. */
export interface TraceRow {
  /** Iterations done, or the number of the run for solvers that cannot be watched. */
  readonly iteration: number;
  /** Cost in the problem's unit, NaN when the solver does not report it. */
  readonly count: number;
  /** Seconds of the run. */
  readonly seconds: number;
  /** The metric. */
  readonly value: number;
}

/** All lines of a solver in a figure. */
export interface Series {
  /** Label of the solver. */
  readonly label: string;
  /** Number of its colour, dashes and marker, from 0 to {@link STYLES} - 1. */
  readonly style: number;
  /** One line a repetition. */
  readonly traces: readonly Trace[];
}

/**
 * Makes the series of a figure from the cells of one problem and data set, one cell a target.
 *
 * A solver that can be watched is drawn from its task with the hardest target; one that cannot gives the points of all
 * its tasks.
 *
 * @param cells - cells that differ in their targets alone
 * @returns one series for each solver that ran, styled by its place in the suite
 */
export function seriesOf(cells: readonly Cell[]): Series[] {
  const labels = cells[0].entries.map(({ label }) => label);
  const all = labels.map((label, place) => {
    const entries = cells.map((cell) => cell.entries.find((entry) => entry.label === label));
    return { label, style: place % STYLES, traces: tracesOf(entries.filter((entry) => entry !== undefined)) };
  });
  return all.filter(({ traces }) => traces.length > 0);
}

function tracesOf(entries: readonly Entry[]): Trace[] {
  const records = entries.flatMap(({ settled }) => settled.map(({ record }) => record));
  const drawn = records.filter((record) => record !== undefined && record.curve !== null) as TaskRecord[];
  const repetitions = [...new Set(drawn.map(({ repetition }) => repetition))].sort((a, b) => a - b);
  return repetitions.map((repetition) => {
    const own = drawn.filter((record) => record.repetition === repetition);
    // From the easiest target to the hardest.
    own.sort((a, b) => (b.target ?? 0) - (a.target ?? 0));
    const used = own[0].sampling === 'callback' ? own.slice(-1) : own;
    const rows = used.flatMap((record, i) => rowsOf(record).slice(i === 0 ? 0 : 1));
    return { repetition, rows };
  });
}

function rowsOf({ curve, problem }: TaskRecord): TraceRow[] {
  if (curve === null) return [];
  return curve.iteration.map((iteration, i) => ({
    iteration,
    count: curve.count[i],
    seconds: curve.seconds[i],
    value: curve.metrics[problem.metric][i],
  }));
}
