import type { Ledger, LedgerLine } from '../claims.js';
import type { ClaimBound } from '../contracts.js';
import { layOut } from '../lay-out.js';
import { formatNumber } from './format.js';
import { type Html, html } from './html.js';

/** What outcomes mean, for readers. */
const OUTCOMES: Readonly<Record<LedgerLine['outcome'], string>> = {
  holds: 'holds',
  fails: 'fails',
  empty: 'says nothing: the baseline keeps it too',
  error: 'could not be measured',
};

/**
 * Writes the bound of a claim.
 *
 * @param bound - the bound
 */
export function formatBound(bound: ClaimBound): string {
  return 'atMost' in bound ? `<= ${formatNumber(bound.atMost)}` : `>= ${formatNumber(bound.atLeast)}`;
}

/**
 * The ledger as lines of text.
 *
 * @param ledger - claims with what was seen
 */
export function ledgerText({ lines }: Ledger): string {
  const rows = lines.map(({ id, bound, seen, baseline, outcome, message }) => [
    id,
    formatBound(bound),
    formatNumber(seen),
    formatNumber(baseline),
    OUTCOMES[outcome] + (message === '' ? '' : `: ${message}`),
  ]);
  const statements = lines.map(({ id, statement }) => `${id}: ${statement}`);
  const held = lines.filter(({ outcome }) => outcome === 'holds').length;
  const table = layOut(['claim', 'bound', 'seen', 'baseline', 'outcome'], rows);
  return [...statements, table, `${held} of ${lines.length} claims hold`].join('\n');
}

/**
 * The section of a report on claims.
 *
 * @param ledger - claims with what was seen, undefined when there are none
 */
export function ledgerSection(ledger: Ledger | undefined): Html {
  if (ledger === undefined || ledger.lines.length === 0) return html``;
  return html`<section>
<h2>Claims</h2>
<div class="scroll"><table>
<caption>Counts that depend on no machine. Each bound is a formula or a line of the specification and was written before it was
measured; the baseline is the same measurement with the algorithm replaced, and must break the bound.</caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Workload</th><th scope="col" class="n">Bound</th><th scope="col" class="n">Seen</th><th
scope="col" class="n">Baseline</th><th scope="col">Outcome</th></tr></thead>
<tbody>${ledger.lines.map(
    ({ id, statement, source, workload, bound, seen, baseline, outcome, message }) =>
      html`<tr><td class="text"><strong>${id}</strong><br>${statement}<br><span class="quiet">Bound: ${source}</span></td><td class="text">${workload}</td><td
class="n">${formatBound(bound)}</td><td class="n">${formatNumber(seen)}</td><td class="n">${formatNumber(baseline)}</td><td class="${
        outcome === 'holds' ? 'good' : 'bad'
      }">${OUTCOMES[outcome]}${message === '' ? '' : `: ${message}`}</td></tr>
`,
  )}</tbody></table></div>
</section>`;
}
