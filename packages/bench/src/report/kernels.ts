import { median } from '../execute-task.js';
import type { KernelLine, KernelRow, KernelTable } from '../kernel-table.js';
import { layOut } from '../lay-out.js';
import { formatSeconds, NONE } from './format.js';
import { formatInterval } from './format-comparison.js';
import { type Html, html } from './html.js';

/** How the kinds of versions are called. */
const KINDS: Readonly<Record<KernelLine['kind'], string>> = {
  ours: 'ours',
  twin: 'twin, same bits',
  plain: 'plain loop',
  peer: 'peer',
  yardstick: 'yardstick',
};

function timeOf({ seconds }: KernelLine): string {
  return seconds.length === 0 ? NONE : formatSeconds(median(seconds));
}

function ratioOf({ ratio, status, message }: KernelLine, place: number): string {
  if (ratio === null) return `${status}: ${message}`;
  return place === 0 ? '1' : formatInterval(ratio);
}

function rateOf({ operations }: KernelRow, { seconds }: KernelLine): string {
  if (operations === 0 || seconds.length === 0) return NONE;
  return (operations / median(seconds) / 1e9).toFixed(2);
}

/**
 * The kernels as lines of text.
 *
 * @param table - the table
 */
export function kernelText({ kernels }: KernelTable): string {
  const rows = kernels.flatMap((kernel) =>
    kernel.versions.map((version, place) => [
      place === 0 ? `${kernel.name}, ${kernel.size}` : '',
      version.label,
      timeOf(version),
      ratioOf(version, place).split('\n', 1)[0],
    ]),
  );
  return layOut(['kernel', 'version', 'time', 'time / first'], rows);
}

/**
 * The section of a report on kernels.
 *
 * @param table - the table, undefined when none was measured
 */
export function kernelSection(table: KernelTable | undefined): Html {
  if (table === undefined) return html``;
  const missing = new Set(
    table.kernels.flatMap(({ versions }) =>
      versions.filter(({ status }) => status === 'unsupported').map(({ label, message }) => `${label}: ${message}`),
    ),
  );
  return html`<section>
<h2>Kernels</h2>
<div class="scroll"><table>
<caption>Time divided by that of the first version of each kernel, lower is faster: median over ${table.rounds} rounds with the
interval that holds 95% of its bootstrap over rounds. In a round each version runs once, in a process of its own. Twins give the
same bits, all others the same numbers within rounding, checked outside the clock. Yardsticks are native code on one thread
(<code>cc ${table.compiler}</code>), no peers: they tell what the machine can do.</caption>
<thead><tr><th scope="col">Kernel</th><th scope="col">Version</th><th scope="col">Kind</th><th scope="col" class="n">Median</th><th
scope="col" class="n">Gflop/s</th><th scope="col" class="n">Time ratio</th></tr></thead>
<tbody>${table.kernels.map((kernel) =>
    kernel.versions.map(
      (version, place) =>
        html`<tr class="${place === kernel.versions.length - 1 ? 'last' : ''}"><td>${
          place === 0 ? html`<strong>${kernel.name}</strong>, ${kernel.size}` : ''
        }</td><th scope="row">${version.label}</th><td class="range">${KINDS[version.kind]}</td><td class="n">${timeOf(version)}</td><td
class="n">${rateOf(kernel, version)}</td><td class="${version.status === 'wrong' || version.status === 'failed' ? 'n bad' : 'n'}">${
          version.status === 'unsupported' ? 'not here' : ratioOf(version, place).split('\n', 1)[0]
        }</td></tr>
`,
    ),
  )}</tbody></table></div>
${[...missing].map((line) => html`<p class="quiet">${line}</p>`)}
</section>`;
}
