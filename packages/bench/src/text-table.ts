import { cellsOf, coverageOf } from './cells.js';
import type { Collection } from './collect.js';
import { formatNumber, formatRatio, formatSeconds, formatStatuses, formatTarget, shortNames } from './report/format.js';
import { formatTime } from './report/tables.js';

/**
 * Lays rows out as plain text: columns padded to their widest entry, two spaces between them.
 *
 * @param head - titles
 * @param rows - entries, as many a row as titles
 * @returns the lines
 */
export function layOut(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) => text.padEnd(widths[i]))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/**
 * The cells of a run as one plain table, with a line of means for each suite that has a baseline.
 *
 * @param collection - plan and records
 * @returns the lines
 */
export function cellsText(collection: Collection): string {
  const rows: string[][] = [];
  const means: string[] = [];
  for (const suite of collection.plan.suites) {
    const cells = cellsOf(collection, suite);
    const problems = shortNames(cells.map(({ task }) => task.problem));
    const datasets = shortNames(cells.map(({ task }) => task.dataset));
    for (const { task, entries } of cells) {
      for (const entry of entries) {
        rows.push([
          `${problems.get(task.problem.id)}, ${datasets.get(task.dataset.id)}`,
          formatTarget(task.target),
          entry.label,
          formatStatuses(entry.statuses),
          formatNumber(entry.metric),
          formatSeconds(entry.cold),
          formatTime(entry.time) + (entry.fastest === null ? '' : ` [${formatSeconds(entry.fastest)}]`),
          formatNumber(entry.count),
          formatRatio(entry.speedup),
        ]);
      }
    }
    if (suite.baseline === null) continue;
    for (const { label, speedup, cells: count, compared } of coverageOf(cells)) {
      const mean =
        speedup === null ? `no mean (${compared} of ${count} cells)` : `${formatRatio(speedup)} (${count} cells)`;
      means.push(`${suite.name}: ${label} against ${suite.baseline}, geometric mean of speed-ups: ${mean}`);
    }
  }
  const head = ['cell', 'target', 'solver', 'status', 'metric', 'cold', 'warm [min]', 'count', 'speed-up'];
  return [layOut(head, rows), ...means].join('\n');
}
