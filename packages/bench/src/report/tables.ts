import type { Bounded, Cell, Coverage, Entry } from '../cells.js';
import type { PlannedSuite } from '../plan.js';
import { isFailure } from '../run-plan.js';
import {
  formatNamed,
  formatNumber,
  formatRatio,
  formatSeconds,
  formatStatuses,
  formatTarget,
  NONE,
  shortNames,
} from './format.js';
import { type Html, html, raw } from './html.js';

/** A column of the table of cells. */
interface Column {
  readonly title: string;
  readonly numeric: boolean;
}

function headings(columns: readonly Column[]): Html {
  return html`<thead><tr>${columns.map(
    ({ title, numeric }) =>
      html`<th scope="col"${raw(numeric ? ' class="n"' : '')}><button type="button">${title}</button></th>`,
  )}</tr></thead>`;
}

function numeric(sortBy: number | null, content: Html | string): Html {
  const key = sortBy === null || Number.isNaN(sortBy) ? '' : String(sortBy);
  return html`<td class="n" data-sort="${key}">${content}</td>`;
}

/**
 * The table that sums a suite up: one row a solver.
 *
 * @param rows - coverage and means
 * @param suite - for its baseline
 */
export function coverageTable(rows: readonly Coverage[], suite: PlannedSuite): Html {
  const { baseline } = suite;
  const ratio = ({ label, timeRatio, compared, cells }: Coverage): string => {
    if (label === baseline) return 'baseline';
    return timeRatio === null
      ? `${NONE} (${compared} of ${cells} cells)`
      : `${formatRatio(timeRatio)} (${cells} cells)`;
  };
  return html`<div class="scroll"><table>
<caption>Geometric mean over all cells of a solver's time divided by that of ${baseline ?? 'a baseline'} at equal target:
lower is faster, 2× takes twice as long. A cell that was not reached counts with its budget, which makes the mean a bound.
No mean is given over fewer cells than the suite has.</caption>
<thead><tr><th scope="col">Solver</th>${
    baseline === null ? '' : html`<th scope="col" class="n">time / ${baseline}</th>`
  }<th scope="col" class="n">Cells reached</th><th scope="col" class="n">Tasks run</th><th scope="col" class="n">Skipped</th><th
scope="col" class="n">Failed</th></tr></thead>
<tbody>${rows.map(
    (row) => html`<tr><th scope="row">${row.label}</th>${
      baseline === null ? '' : html`<td class="n">${ratio(row)}</td>`
    }<td class="n">${row.reached} of ${row.cells}</td><td class="n">${row.supported}</td><td class="n">${row.skipped}</td><td
class="n">${row.failed}</td></tr>
`,
  )}</tbody></table></div>`;
}

/**
 * The table of every cell and contender, sortable.
 *
 * @param cells - the cells of a suite
 * @param suite - for its baseline and number of repetitions
 */
export function cellsTable(cells: readonly Cell[], suite: PlannedSuite): Html {
  const targets = cells.some(({ task }) => task.target !== null);
  const problems = shortNames(cells.map(({ task }) => task.problem));
  const datasets = shortNames(cells.map(({ task }) => task.dataset));
  const columns: Column[] = [
    ...(problems.size > 1 ? [{ title: 'Problem', numeric: false }] : []),
    { title: 'Data', numeric: false },
    ...(targets ? [{ title: 'Target', numeric: true }] : []),
    { title: 'Solver', numeric: false },
    { title: 'Status', numeric: false },
    { title: cells[0].task.problem.metricLabel, numeric: true },
    { title: 'Cold', numeric: true },
    { title: 'Warm median', numeric: true },
    { title: 'Fastest', numeric: true },
    { title: cells[0].task.problem.count, numeric: true },
    ...(suite.baseline === null ? [] : [{ title: `time / ${suite.baseline}`, numeric: true }]),
  ];
  const over = suite.repetitions === 1 ? '' : ` Medians over ${suite.repetitions} repetitions.`;
  return html`<div class="scroll"><table class="sortable">
<caption>Every cell of the grid. The warm median is compared; a cell that was not reached shows its budget, marked &gt;.${
    suite.baseline === null ? '' : ' In the last column lower is faster.'
  }${over}</caption>
${headings(columns)}
<tbody>${cells.map(({ task, entries }) =>
    entries.map(
      (
        entry,
        i,
      ) => html`<tr${raw(i === entries.length - 1 ? ' class="last"' : '')}>${problems.size > 1 ? html`<td class="name">${problems.get(task.problem.id) ?? ''}</td>` : ''}<td class="name">${datasets.get(task.dataset.id) ?? ''}</td>${targets ? numeric(task.target, formatTarget(task.target)) : ''}<th scope="row">${entry.label}</th>${status(
        entry,
      )}${numeric(entry.metric, formatNumber(entry.metric))}${numeric(entry.cold, formatSeconds(entry.cold))}${numeric(
        entry.time?.value ?? null,
        formatTime(entry.time),
      )}${numeric(entry.fastest, formatSeconds(entry.fastest))}${numeric(entry.count, formatNumber(entry.count))}${
        suite.baseline === null ? '' : numeric(entry.timeRatio?.value ?? null, formatRatio(entry.timeRatio))
      }</tr>
`,
    ),
  )}</tbody></table></div>`;
}

/**
 * Writes a compared time with its bound.
 *
 * @param time - a time, or null
 */
export function formatTime(time: Bounded | null): string {
  if (time === null) return NONE;
  return (time.bound === '' ? '' : `${time.bound} `) + formatSeconds(time.value);
}

function status({ statuses, settled }: Entry): Html {
  const bad = statuses.some((word) => word !== 'not run' && isFailure(word));
  const kind = bad ? 'bad' : statuses.every((word) => word === 'target') ? 'good' : '';
  const messages = [...new Set(settled.map(({ record }) => record?.message.split('\n', 1)[0] ?? ''))].filter(Boolean);
  const title = messages.length === 0 ? '' : ` title="${html`${messages.join('; ')}`.markup}"`;
  return html`<td class="${kind}"${raw(title)}>${formatStatuses(statuses)}</td>`;
}

/**
 * What was not done, and why, in full: failures, skips, solvers that are missing.
 *
 * @param cells - the cells of a suite
 * @returns nothing when all went well
 */
export function messageList(cells: readonly Cell[]): Html {
  const messages = new Map<string, string[]>();
  for (const { settled } of cells.flatMap(({ entries }) => entries)) {
    for (const { task, record } of settled) {
      if (record === undefined || record.message === '') continue;
      const name = `${task.solver.label}, ${record.status}: ${record.message}`;
      messages.set(name, [...(messages.get(name) ?? []), formatNamed(task.dataset)]);
    }
  }
  if (messages.size === 0) return html``;
  return html`<h3>What did not run, and why</h3>${[...messages].map(
    ([message, datasets]) => html`<p class="quiet">${[...new Set(datasets)].join('; ')}</p><pre>${message}</pre>`,
  )}`;
}
