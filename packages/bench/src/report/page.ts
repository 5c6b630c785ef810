import { type Cell, cellsOf, coverageOf, NEAR, nearTheFastest } from '../cells.js';
import type { Collection } from '../collect.js';
import type { Environment } from '../environment.js';
import type { PlannedSuite } from '../plan.js';
import type { RecordSolver } from '../record.js';
import { comparisonSection } from './comparisons.js';
import { figures, machineLine } from './figures.js';
import { formatNamed, formatNumber, formatSeconds, sentence } from './format.js';
import { type Html, html, raw } from './html.js';
import { kernelSection } from './kernels.js';
import { ledgerSection } from './ledger.js';
import { repetitionsTable } from './repetitions.js';
import { SORT_SCRIPT } from './sort-script.js';
import { STYLE } from './style.js';
import { cellsTable, coverageTable, messageList } from './tables.js';

/**
 * Writes the page of a report: one file that needs nothing else, neither server nor network.
 *
 * @param collection - plan and records
 * @returns the content of `index.html`, the same bytes for the same records
 */
export function reportPage(collection: Collection): string {
  const { plan, settled, comparisons, command } = collection;
  const title = plan.suites.length === 1 ? plan.suites[0].title : 'Benchmark report';
  const finished = settled.filter(({ record }) => record !== undefined);
  const days = [...settled, ...comparisons]
    .filter(({ record }) => record !== undefined)
    .map(({ record }) => record?.startedAt.slice(0, 10) ?? '')
    .sort();
  const when = days.length === 0 ? '' : days[0] === days.at(-1) ? days[0] : `${days[0]} to ${days.at(-1)}`;
  const machines = usedEnvironments(collection);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="quiet">${settled.length === 0 ? '' : `${finished.length} of ${settled.length} tasks finished`}${when === '' ? '' : `, ${when}`}. ${machines
    .map(machineLine)
    .join('; ')}</p>
<p class="quiet">Reproduce: <code>${command}</code></p>
</header>
<main>${plan.suites.map((suite) => suiteSection(suite, collection, plan.suites.length > 1))}
${kernelSection(collection.kernels)}
${ledgerSection(collection.ledger)}
<section>
<h2>Machine</h2>
${machines.length === 0 ? html`<p class="quiet">Nothing has run yet.</p>` : machines.map(environmentList)}
${machines.length > 1 ? html`<p>Times from different environments are not compared with each other.</p>` : ''}
</section>
</main>
<script>${raw(SORT_SCRIPT)}</script>
</body>
</html>
`;
  return page.markup;
}

function usedEnvironments({ settled, comparisons, environments }: Collection): Environment[] {
  const ids = [...new Set([...settled, ...comparisons].map(({ record }) => record?.environmentId ?? ''))];
  return ids.map((id) => environments[id]).filter((environment) => environment !== undefined);
}

function suiteSection(suite: PlannedSuite, collection: Collection, titled: boolean): Html {
  const cells = cellsOf(collection, suite);
  const comparisons = comparisonSection(collection.comparisons.filter(({ planned }) => planned.suite === suite.name));
  if (cells.length === 0) return html`<section><h2>${suite.title}</h2>${comparisons}</section>`;
  return html`<section>
<h2>${titled ? suite.title : 'Summary'}</h2>
${coverageTable(coverageOf(cells), suite)}
${nearness(cells, suite)}
<h3>Cells</h3>
${cellsTable(cells, suite)}
${repetitionsTable(cells, suite)}
${messageList(cells)}
${comparisons}
<h2>Convergence</h2>
${figures(cells, collection)}
<h2>What was measured</h2>
${definitions(cells)}
</section>`;
}

function nearness(cells: readonly Cell[], { baseline }: PlannedSuite): Html {
  if (baseline === null) return html``;
  const { near, of } = nearTheFastest(cells, baseline);
  return html`<p>${baseline} takes at most ${String(NEAR)} times the shortest time in ${String(near)} of ${String(of)} cells.</p>`;
}

function definitions(cells: readonly Cell[]): Html {
  const tasks = cells.flatMap(({ entries }) => entries.flatMap(({ settled }) => settled.map(({ task }) => task)));
  const solvers = [...new Map(tasks.map(({ solver, sampling }) => [solver.label, { solver, sampling }])).values()];
  const datasets = [...new Map(tasks.map(({ dataset }) => [dataset.id, dataset])).values()];
  const { budget, warmRuns, warmSeconds, threads, timeoutSeconds } = tasks[0];
  const limits = [
    `${budget.maxSeconds} s`,
    budget.maxIterations === undefined ? '' : `${formatNumber(budget.maxIterations)} iterations`,
    budget.maxCount === undefined ? '' : `${formatNumber(budget.maxCount)} ${cells[0].task.problem.count}`,
  ].filter(Boolean);
  return html`<dl>
${solvers.map(
  ({
    solver,
    sampling,
  }) => html`<dt>${solver.label}</dt><dd>${solverFacts(solver)} Curve: ${samplingWords[sampling]}.</dd>
`,
)}${datasets.map(
  (
    dataset,
  ) => html`<dt>${formatNamed(dataset)}</dt><dd>${sentence(dataset.source)} Terms: ${sentence(dataset.licence)}</dd>
`,
)}<dt>Limits of a run</dt><dd>${limits.join(', ')}; ${threads} ${threads === 1 ? 'thread' : 'threads'}; a task is ended
after ${timeoutSeconds} s</dd>
<dt>Runs</dt><dd>each task in a process of its own: one cold run with its curve sampled, then ${warmRuns} warm runs${
    warmSeconds > 0 ? ` at least, for ${formatSeconds(warmSeconds)} at least` : ''
  }
without; reading the data is not timed, everything from the solver's public call on is</dd>
</dl>`;
}

const samplingWords = {
  callback: 'sampled at growing iterations with the clock stopped',
  rerun: 'one run for each of ever smaller tolerances; the loosest that meets the target by our evaluation counts',
  once: 'begin and end',
} as const;

function solverFacts(solver: RecordSolver): string {
  const packages = Object.entries(solver.packages).filter(([name]) => name !== '@lemmata/bench');
  const promise =
    solver.determinism === 'none' ? 'promises no equal bits' : `promises equal bits at level ${solver.determinism}`;
  const facts = [
    `${solver.name} ${solver.packageVersion}, ${solver.language}, ${promise}.`,
    packages.length === 0 ? '' : `Packages: ${packages.map(([name, version]) => `${name} ${version}`).join(', ')}.`,
    Object.entries(solver.details)
      .map(([name, value]) => `${name}: ${value}.`)
      .join(' '),
    solver.settings === undefined ? '' : sentence(solver.settings),
  ];
  return facts.filter(Boolean).join(' ');
}

function environmentList(environment: Environment): Html {
  const { cgroup, load, threads } = environment;
  const facts: readonly [string, string][] = [
    ['Processor', environment.cpu],
    [
      'Cores',
      `${environment.physicalCores ?? 'unknown'} physical, ${environment.logicalCores} logical, ${environment.availableCores} available`,
    ],
    ['Caches', environment.caches.join(', ') || 'unknown'],
    ['Governor', environment.governor ?? 'unknown'],
    ['Turbo', yesNo(environment.turbo)],
    ['Memory', `${(environment.memory / 1073741824).toFixed(1)} GiB`],
    ['Limits of the container', `processor ${cgroup.cpu ?? 'unknown'}, memory ${cgroup.memory ?? 'unknown'}`],
    ['System', environment.system],
    ['Engine', environment.engine],
    ['Load when the run began', load.map((value) => value.toFixed(2)).join(', ')],
    ['Step of the clock', formatSeconds(environment.timerResolution)],
    [
      'Thread variables',
      Object.entries(threads)
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    ],
    [
      'Commit',
      environment.commit === null
        ? 'none'
        : environment.commit + (environment.uncommitted === null ? '' : ' with changes'),
    ],
    ['Lock file, SHA-256', environment.lockFile ?? 'none'],
    ['Environment', environment.id],
  ];
  return html`<dl>${facts.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
`,
  )}</dl>`;
}

function yesNo(value: boolean | null): string {
  return value === null ? 'unknown' : value ? 'on' : 'off';
}
