import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Collection, collect } from './collect.js';
import { writeWhole } from './files.js';
import { toLosslessJson } from './lossless-json.js';
import { reportPage } from './report/page.js';
import { summaryCsv } from './summary-csv.js';

/** Where a report was written. */
export interface ReportFiles {
  /** `report/index.html`, to be opened in a browser. */
  readonly page: string;
  /** `summary.csv`, one line a task. */
  readonly summary: string;
  /** `curves.json`, the curves of all tasks. */
  readonly curves: string;
}

/**
 * Collects whatever is finished in a folder of results and writes its report: a page, a table, and the curves.
 *
 * @param folder - folder of results with a `plan.json`
 * @returns paths of the files; their bytes depend on the records alone
 * @throws InvalidInputError when the folder has no plan
 */
export async function writeReport(folder: string): Promise<ReportFiles> {
  const root = resolve(folder);
  const collection = await collect(root);
  const files: ReportFiles = {
    page: join(root, 'report', 'index.html'),
    summary: join(root, 'summary.csv'),
    curves: join(root, 'curves.json'),
  };
  await mkdir(join(root, 'report'), { recursive: true });
  await writeWhole(files.summary, summaryCsv(collection));
  await writeWhole(files.curves, curvesJson(collection));
  await writeWhole(files.page, reportPage(collection));
  return files;
}

/** One curve a line, so that changes of results show as changes of lines. */
function curvesJson({ settled }: Collection): string {
  const curves = settled.flatMap(({ task, record }) => {
    if (record === undefined || record.curve === null) return [];
    const { taskKey, suite, problem, dataset, solver, repetition, target, sampling } = task;
    return JSON.stringify(
      toLosslessJson({
        taskKey,
        suite,
        problem: problem.id,
        dataset: dataset.id,
        solver: solver.label,
        repetition,
        target,
        sampling,
        metric: problem.metric,
        count: problem.count,
        curve: record.curve,
      }),
    );
  });
  return `{"schema":1,"curves":[\n${curves.join(',\n')}\n]}\n`;
}
