import { type Bounded, type Cell, comparedTime, timeRatio } from '../cells.js';
import type { Settled } from '../collect.js';
import type { PlannedSuite } from '../plan.js';
import { formatNumber, formatRatio, formatTarget, NONE, shortNames } from './format.js';
import { type Html, html } from './html.js';
import { formatTime } from './tables.js';

/**
 * Every cell of every repetition, folded away: what the medians of the table of cells are made of.
 *
 * @param cells - the cells of a suite
 * @param suite - for its baseline and number of repetitions
 * @returns nothing for a suite of one repetition
 */
export function repetitionsTable(cells: readonly Cell[], { baseline, repetitions }: PlannedSuite): Html {
  if (repetitions === 1) return html``;
  const problems = shortNames(cells.map(({ task }) => task.problem));
  const datasets = shortNames(cells.map(({ task }) => task.dataset));
  const [{ task: first }] = cells;
  const rows = cells.flatMap(({ task, entries }) => {
    const reference = entries.find(({ label }) => label === baseline);
    return entries.flatMap(({ label, settled }) =>
      settled.map((one) => ({ task, label, one, other: reference?.settled.find((base) => sameRepetition(base, one)) })),
    );
  });
  return html`<details><summary>All ${cells.length * repetitions} cells: every repetition by itself</summary><div class="scroll"><table>
<thead><tr><th scope="col">Problem</th><th scope="col">Data</th><th scope="col" class="n">Target</th><th scope="col" class="n">Repetition</th><th
scope="col">Solver</th><th scope="col">Status</th><th scope="col" class="n">${first.problem.metricLabel}</th><th scope="col" class="n">Time</th><th
scope="col" class="n">time / ${baseline ?? 'baseline'}</th></tr></thead>
<tbody>${rows.map(
    ({ task, label, one: { task: own, record }, other }) =>
      html`<tr><td class="name">${problems.get(task.problem.id) ?? ''}</td><td class="name">${datasets.get(task.dataset.id) ?? ''}</td><td
class="n">${formatTarget(task.target)}</td><td class="n">${own.repetition}</td><th scope="row">${label}</th><td>${
        record?.status ?? 'not run'
      }</td><td class="n">${formatNumber(record?.final?.[task.problem.metric] ?? null)}</td><td class="n">${
        record === undefined ? NONE : formatTime(comparedTime(record))
      }</td><td class="n">${formatRatio(ratioOf(record, other?.record))}</td></tr>
`,
  )}</tbody></table></div></details>`;
}

function sameRepetition(one: Settled, other: Settled): boolean {
  return one.task.repetition === other.task.repetition;
}

/** Time of a record divided by that of the baseline's, null when one of them cannot be told. */
function ratioOf(record: Settled['record'], other: Settled['record']): Bounded | null {
  return record === undefined || other === undefined ? null : timeRatio(record, other);
}
