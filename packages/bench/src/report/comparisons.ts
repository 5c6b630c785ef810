import { log } from '@lemmata/core';
import type { SettledComparison } from '../collect.js';
import type { ComparisonRecord } from '../comparison.js';
import { median } from '../execute-task.js';
import { NOISE_FLOOR, type PairFindings } from '../pair-statistics.js';
import { describeComparison } from '../run-plan.js';
import { formatSeconds } from './format.js';
import { comparedCell, formatInterval, formatShare } from './format-comparison.js';
import { type Html, html, raw } from './html.js';

/** Width and height of the drawing of an interval, in its own units. */
const SIZE = { width: 240, height: 24 } as const;

/** Smallest ratio to which drawings reach on both sides of 1. */
const REACH = 1.1;

/**
 * The comparisons of a suite: one row each, with its interval, its control and what is said.
 *
 * @param comparisons - comparisons with their records
 * @returns nothing when there are none
 */
export function comparisonSection(comparisons: readonly SettledComparison[]): Html {
  if (comparisons.length === 0) return html``;
  const [{ planned }] = comparisons;
  return html`<h3>Compared in pairs of processes</h3>
<div class="scroll"><table>
<caption>Time ratio: the solver's time divided by that of the one it is compared with; lower is faster. Each of ${planned.pairs}
pairs is two fresh processes in the order A B, B A, A B, ...; the ratio is the median over pairs, the interval holds 95% of its
bootstrap over pairs. The control is the same measurement of one solver against itself, run in between: its interval (grey)
tells how calm the machine was. What lies within it, or within ${formatShare(NOISE_FLOOR)} of 1, is no difference.</caption>
<thead><tr><th scope="col">Cell</th><th scope="col">Solver</th><th scope="col" class="n">Median</th><th scope="col">Against</th><th
scope="col" class="n">Median</th><th scope="col" class="n">Time ratio</th><th scope="col"></th><th scope="col" class="n">Control</th><th
scope="col" class="n">Visible from</th><th scope="col">Finding</th></tr></thead>
<tbody>${comparisons.map(row)}</tbody></table></div>`;
}

function row({ planned, record }: SettledComparison): Html {
  if (record === undefined) return html`<tr><td colspan="10">${describeComparison(planned)}: not run</td></tr>`;
  const { first, second, findings, status, message } = record;
  const cell = html`<td class="text">${comparedCell(record)}</td>`;
  if (findings === null) {
    return html`<tr>${cell}<th scope="row">${second.solver.label}</th><td></td><td>${first.solver.label}</td><td
colspan="6">${status}: ${message.split('\n', 1)[0]}</td></tr>`;
  }
  const { ratio, control, detectable, verdict } = findings;
  return html`<tr>${cell}<th scope="row">${second.solver.label}</th><td class="n">${middle(record, 'second')}</td><td>${
    first.solver.label
  }</td><td class="n">${middle(record, 'first')}</td><td class="n">${formatInterval(ratio)}</td><td>${drawing(findings)}</td><td
class="n">${formatInterval(control)}</td><td class="n">${formatShare(detectable)}</td><td>${verdict}</td></tr>
`;
}

function middle(record: ComparisonRecord, which: 'first' | 'second'): string {
  return formatSeconds(median(record[which].seconds));
}

/** The interval as a bar with its median, over the grey band of the control; the line is 1. */
function drawing({ ratio, control, verdict }: PairFindings): Html {
  const { width, height } = SIZE;
  const ends = [ratio.low, ratio.high, control.low, control.high];
  const reach = log(Math.max(REACH, ...ends, ...ends.map((end) => 1 / end)));
  const place = (value: number): string => (width / 2 + (log(value) / reach) * (width / 2 - 6)).toFixed(1);
  const centre = height / 2;
  const from = place(control.low);
  const breadth = Math.max(1, Number(place(control.high)) - Number(from)).toFixed(1);
  const kind = verdict === 'no difference seen' ? 'plot' : 'plot flagged';
  return raw(
    `<svg class="${kind}" viewBox="0 0 ${width} ${height}" aria-hidden="true">` +
      `<rect class="band" x="${from}" y="3" width="${breadth}" height="${height - 6}"/>` +
      `<line class="one" x1="${width / 2}" x2="${width / 2}" y1="0" y2="${height}"/>` +
      `<line class="whisker" x1="${place(ratio.low)}" x2="${place(ratio.high)}" y1="${centre}" y2="${centre}"/>` +
      `<circle class="dot" cx="${place(ratio.ratio)}" cy="${centre}" r="4"/></svg>`,
  );
}
