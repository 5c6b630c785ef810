import { cellsOf, coverageOf } from '../cells.js';
import { collect } from '../collect.js';
import { toLosslessJson } from '../lossless-json.js';
import type { Output } from '../output.js';
import { cellsText } from '../text-table.js';
import { writeReport } from '../write-report.js';
import { EXIT, type Request, type UsageProblem } from './request.js';

/** Writes the report of what is finished. */
export async function report({ names, out, json }: Request, output: Output): Promise<number | UsageProblem> {
  if (names.length > 0) return { usage: `report: expected no suites, got ${names.join(' ')}` };
  if (out === undefined) return { usage: 'report: expected --out <folder>, got none' };
  await showReport(out, json, output);
  return EXIT.ok;
}

/** Writes the report of a folder and shows its tables. */
export async function showReport(out: string, json: boolean, output: Output): Promise<void> {
  const files = await writeReport(out);
  const collection = await collect(out);
  if (!json) return output.result(`${cellsText(collection)}\n\n${files.page}`);
  const suites = collection.plan.suites.map((suite) => {
    const cells = cellsOf(collection, suite);
    return {
      suite: suite.name,
      baseline: suite.baseline,
      cells: cells.map(({ task, entries }) => ({
        problem: task.problem.id,
        dataset: task.dataset.id,
        target: task.target,
        entries: entries.map(({ settled, ...entry }) => ({ ...entry, tasks: settled.map((one) => one.task.taskKey) })),
      })),
      solvers: coverageOf(cells),
      comparisons: collection.comparisons
        .filter(({ planned }) => planned.suite === suite.name)
        .map(({ planned, record }) => record ?? { comparisonKey: planned.comparisonKey, status: 'not run' }),
    };
  });
  output.result(
    JSON.stringify(
      {
        report: files.page,
        summary: files.summary,
        curves: files.curves,
        suites,
        claims: toLosslessJson(collection.ledger?.lines ?? []),
      },
      null,
      2,
    ),
  );
}
