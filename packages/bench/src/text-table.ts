import { cellsOf, coverageOf, NEAR, nearTheFastest } from './cells.js';
import type { Collection } from './collect.js';
import { layOut } from './lay-out.js';
import { formatNumber, formatRatio, formatSeconds, formatStatuses, formatTarget, shortNames } from './report/format.js';
import { comparisonText } from './report/format-comparison.js';
import { kernelText } from './report/kernels.js';
import { ledgerText } from './report/ledger.js';
import { formatTime } from './report/tables.js';
import { describeComparison } from './run-plan.js';

/** Lines above the rows: head and rule. */
const HEAD_LINES = 2;

/** Puts the name of each cell above its first row. */
function withHeadings(table: string, headings: ReadonlyMap<number, string>): string {
  return table
    .split('\n')
    .flatMap((line, i) => [...(headings.has(i - HEAD_LINES) ? [headings.get(i - HEAD_LINES)] : []), line])
    .join('\n');
}

/**
 * The cells of a run as one plain table, the solvers of each below its name, with a line of means for each suite that has
 * a baseline, then comparisons, kernels and claims.
 *
 * @param collection - plan and records
 * @returns the lines
 */
export function cellsText(collection: Collection): string {
  const rows: string[][] = [];
  const headings = new Map<number, string>();
  const means: string[] = [];
  for (const suite of collection.plan.suites) {
    const cells = cellsOf(collection, suite);
    const problems = shortNames(cells.map(({ task }) => task.problem));
    const datasets = shortNames(cells.map(({ task }) => task.dataset));
    for (const { task, entries } of cells) {
      const goal = task.target === null ? '' : `, target ${formatTarget(task.target)}`;
      headings.set(rows.length, `${problems.get(task.problem.id)}, ${datasets.get(task.dataset.id)}${goal}`);
      for (const entry of entries) {
        rows.push([
          `  ${entry.label}`,
          formatStatuses(entry.statuses),
          formatNumber(entry.metric),
          formatSeconds(entry.cold),
          formatTime(entry.time) + (entry.fastest === null ? '' : ` [${formatSeconds(entry.fastest)}]`),
          formatNumber(entry.count),
          formatRatio(entry.timeRatio),
        ]);
      }
    }
    if (suite.baseline === null) continue;
    for (const { label, timeRatio, cells: count, compared } of coverageOf(cells)) {
      if (label === suite.baseline) continue;
      const over = `geometric mean over ${count} ${count === 1 ? 'cell' : 'cells'}`;
      means.push(
        timeRatio === null
          ? `${suite.name}: ${label} has no mean over all cells (compared in ${compared} of ${count})`
          : `${suite.name}: ${label} takes ${formatRatio(timeRatio)} the time of ${suite.baseline}, ${over}`,
      );
    }
    const { near, of } = nearTheFastest(cells, suite.baseline);
    means.push(
      `${suite.name}: ${suite.baseline} takes at most ${NEAR} times the shortest time in ${near} of ${of} cells`,
    );
  }
  const baselines = [...new Set(collection.plan.suites.map(({ baseline }) => baseline))];
  const ratio = `time / ${(baselines.length === 1 ? baselines[0] : null) ?? 'baseline'}`;
  const head = ['  solver', 'status', 'metric', 'cold', 'warm [min]', 'count', ratio];
  const compared = collection.comparisons.map(({ planned, record }) =>
    record === undefined ? `${describeComparison(planned)}: not run` : comparisonText(record),
  );
  const cells = rows.length === 0 ? [] : [withHeadings(layOut(head, rows), headings), 'Lower is faster.', ...means];
  const claims = collection.ledger === undefined ? [] : [ledgerText(collection.ledger)];
  const kernels = collection.kernels === undefined ? [] : [kernelText(collection.kernels)];
  return [...cells, ...compared, ...kernels, ...claims].join('\n');
}
