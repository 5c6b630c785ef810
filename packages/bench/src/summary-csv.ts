import { canonicalJson } from '@lemmata/core';
import type { Collection } from './collect.js';

/** Columns of the table, in order. */
const COLUMNS = [
  'suite',
  'problem',
  'problemParams',
  'dataset',
  'datasetParams',
  'repetition',
  'target',
  'solver',
  'solverParams',
  'packageVersion',
  'status',
  'reached',
  'metric',
  'metricValue',
  'coldSeconds',
  'warmSeconds',
  'warmMinSeconds',
  'warmRuns',
  'iterations',
  'countName',
  'count',
  'peakRssBytes',
  'environmentId',
  'solutionDigest',
  'curveDigest',
  'taskKey',
] as const;

/**
 * Writes a value of a CSV file as RFC 4180 has it: quoted where it must be, numbers so that they read back exactly.
 *
 * @param value - text, number, boolean, or nothing
 * @returns the field
 */
export function csvField(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Writes one line a task, header first.
 *
 * @param collection - plan and records; tasks without a record have the status `not run`
 * @returns the content of `summary.csv`
 */
export function summaryCsv({ settled }: Collection): string {
  const lines = settled.map(({ task, record }) => {
    const row: Record<(typeof COLUMNS)[number], string | number | boolean | null | undefined> = {
      suite: task.suite,
      problem: task.problem.name,
      problemParams: canonicalJson(task.problem.params),
      dataset: task.dataset.name,
      datasetParams: canonicalJson(task.dataset.params),
      repetition: task.repetition,
      target: task.target,
      solver: task.solver.label,
      solverParams: canonicalJson(task.solver.params),
      packageVersion: task.solver.packageVersion,
      status: record?.status ?? 'not run',
      reached: record?.reached,
      metric: task.problem.metric,
      metricValue: record?.final?.[task.problem.metric],
      coldSeconds: record?.time?.cold,
      warmSeconds: record?.time?.warm,
      warmMinSeconds: record?.time?.warmMin,
      warmRuns: record?.samples.length,
      iterations: record?.curve?.iteration.at(-1),
      countName: task.problem.count,
      count: record?.counts[task.problem.count],
      peakRssBytes: record?.memory?.peakRss,
      environmentId: record?.environmentId,
      solutionDigest: record?.digests?.solution,
      curveDigest: record?.digests?.curve,
      taskKey: task.taskKey,
    };
    return COLUMNS.map((column) => csvField(row[column])).join(',');
  });
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}
