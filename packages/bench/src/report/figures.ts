import type { Cell } from '../cells.js';
import type { Collection } from '../collect.js';
import type { Environment } from '../environment.js';
import { convergenceFigure, legendSample } from './figure.js';
import { formatNamed, formatNumber } from './format.js';
import { type Html, html, raw } from './html.js';
import { type Series, seriesOf } from './series.js';

/**
 * The convergence figures of a suite: one for each problem and data set, against the count and against seconds.
 *
 * @param cells - the cells of the suite
 * @param collection - for machine and command
 */
export function figures(cells: readonly Cell[], collection: Collection): Html[] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.task.problem.id, cell.task.dataset.id]);
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()].map((group) => figure(group, collection));
}

/**
 * Names machine and engine in one line.
 *
 * @param environment - where tasks ran
 */
export function machineLine(environment: Environment): string {
  return `${environment.cpu}, ${environment.logicalCores} logical cores, ${environment.engine}`;
}

function figure(cells: readonly Cell[], { environments, command }: Collection): Html {
  const [{ task, entries }] = cells;
  const series = seriesOf(cells);
  if (series.length === 0) return html``;
  const { problem, dataset } = task;
  const targets = cells.map((cell) => cell.task.target).filter((target) => target !== null);
  const shared = { series, targets, metricLabel: problem.metricLabel };
  const panels = [
    convergenceFigure({ ...shared, axis: 'count', costLabel: problem.count }),
    convergenceFigure({ ...shared, axis: 'seconds', costLabel: 'seconds, evaluation excluded' }),
  ].filter((panel) => panel !== undefined);
  const repetitions = Math.max(...series.map(({ traces }) => traces.length));
  const records = entries.flatMap(({ settled }) => settled.map(({ record }) => record));
  const machines = [...new Set(records.map((record) => record?.environmentId ?? ''))]
    .map((id) => environments[id])
    .filter((environment) => environment !== undefined)
    .map(machineLine);
  const size = records.find((record) => record?.dataset.shape !== undefined)?.dataset;
  const shape = size?.shape === undefined ? '' : `, data ${size.shape.map(String).join(' × ')}`;
  const nnz = size?.nnz === undefined ? '' : `, ${formatNumber(size.nnz)} stored entries`;
  const name = `${formatNamed(problem)} on ${formatNamed(dataset)}`;
  return html`<figure>
<h3>${name}</h3>
<ul class="legend">${series.map(({ label, style }) => html`<li>${raw(legendSample(style))}${label}</li>`)}</ul>
<div class="panels" role="img" aria-label="${problem.metricLabel} against cost: ${name}; the numbers are in the table below">${panels.map(raw)}</div>
<figcaption>${name}${shape}${nnz}. Curves of the first, sampled run of each task; n = ${repetitions} ${
    repetitions === 1 ? 'repetition' : 'repetitions, one line each'
  }${targets.length === 0 ? '' : '; dotted: targets'}. The metric is ${
    problem.referenceKind === 'certified' ? 'certified: it bounds the error' : 'relative to the best-known value'
  }. Points at zero have no place on these axes. ${machines.join('; ')}. Reproduce: <code>${command}</code></figcaption>
${numbers(series, problem.count, problem.metricLabel)}
</figure>`;
}

/** The figure in words: every point that it is drawn from. */
function numbers(series: readonly Series[], count: string, metric: string): Html {
  const rows = series.flatMap(({ label, traces }) =>
    traces.flatMap(({ repetition, rows }) => rows.map((row) => ({ label, repetition, ...row }))),
  );
  const digits = (value: number): string => (Number.isNaN(value) ? '–' : String(Number(value.toPrecision(6))));
  return html`<details><summary>Numbers of this figure</summary><div class="scroll"><table>
<thead><tr><th scope="col">Solver</th><th scope="col" class="n">Repetition</th><th scope="col" class="n">Iteration</th><th
scope="col" class="n">${count}</th><th scope="col" class="n">Seconds</th><th scope="col" class="n">${metric}</th></tr></thead>
<tbody>${rows.map(
    (
      row,
    ) => html`<tr><th scope="row">${row.label}</th><td class="n">${row.repetition}</td><td class="n">${row.iteration}</td><td
class="n">${digits(row.count)}</td><td class="n">${digits(row.seconds)}</td><td class="n">${digits(row.value)}</td></tr>
`,
  )}</tbody></table></div></details>`;
}
