import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidInputError } from '@lemmata/core';
import type { ComparisonRecord } from './comparison.js';
import { parseComparison } from './comparison-schema.js';
import { readJson, UNFINISHED, writeJson } from './files.js';
import { toLosslessJson } from './lossless-json.js';
import type { Plan } from './plan.js';
import { parsePlan } from './plan-schema.js';
import type { TaskRecord } from './record.js';
import { parseRecord } from './record-schema.js';
import { isSealed } from './seal.js';

/** Paths of a folder of results. */
export interface ResultPaths {
  /** `plan.json`. */
  readonly plan: string;
  /** `manifest.json`. */
  readonly manifest: string;
  /** `tasks/`, one record a task. */
  readonly tasks: string;
  /** `comparisons/`, one record a comparison. */
  readonly comparisons: string;
  /** `claims.json`. */
  readonly claims: string;
  /** `kernels.json`. */
  readonly kernels: string;
  /** `artifacts/`, one folder a task. */
  readonly artifacts: string;
  /** `work/`, files of the task that runs now. */
  readonly work: string;
}

/** The paths within a folder of results. */
export function resultPaths(folder: string): ResultPaths {
  const within = (name: string): string => join(folder, name);
  return {
    plan: within('plan.json'),
    manifest: within('manifest.json'),
    tasks: within('tasks'),
    comparisons: within('comparisons'),
    claims: within('claims.json'),
    kernels: within('kernels.json'),
    artifacts: within('artifacts'),
    work: within('work'),
  };
}

/** Makes the folders of results that are missing, and removes what an interrupted run left unfinished. */
export async function openResults(folder: string): Promise<ResultPaths> {
  const paths = resultPaths(folder);
  await rm(paths.work, { recursive: true, force: true });
  for (const place of [paths.tasks, paths.comparisons, paths.artifacts]) await mkdir(place, { recursive: true });
  for (const place of [folder, paths.tasks, paths.comparisons]) {
    for (const name of await readdir(place)) {
      if (name.endsWith(UNFINISHED)) await rm(join(place, name));
    }
  }
  return paths;
}

/**
 * Writes the plan of a folder of results.
 *
 * @param folder - the folder, made when it is missing
 * @param plan - the plan
 * @returns when the file is on disk
 */
export async function writePlan(folder: string, plan: Plan): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeJson(resultPaths(folder).plan, toLosslessJson(plan));
}

/**
 * Reads the plan of a folder of results.
 *
 * @param folder - the folder
 * @returns its plan
 * @throws InvalidInputError `ERR_INPUT` when there is none, `ERR_FORMAT` when it is damaged
 */
export async function readPlan(folder: string): Promise<Plan> {
  const value = await readJson(resultPaths(folder).plan, 'plan.json');
  if (value !== undefined) return parsePlan(value, 'plan.json');
  throw new InvalidInputError(`${folder}: expected a folder with a plan.json, got none`, 'ERR_INPUT');
}

/**
 * Reads the record of a task.
 *
 * @param folder - the folder of results
 * @param taskKey - key of the task
 * @returns the record, undefined when there is none
 * @throws InvalidInputError `ERR_FORMAT` when the file is damaged or is another task's
 */
export async function readRecord(folder: string, taskKey: string): Promise<TaskRecord | undefined> {
  const name = `tasks/${taskKey}.json`;
  const value = await readJson(join(folder, name), name);
  if (value === undefined) return undefined;
  const record = parseRecord(value, name);
  if (record.taskKey === taskKey && (await isSealed(value))) return record;
  if (record.taskKey === taskKey) {
    throw new InvalidInputError(`${name}: expected the record as it was written, got another`, 'ERR_FORMAT');
  }
  throw new InvalidInputError(`${name}: expected the record of that task, got that of ${record.taskKey}`, 'ERR_FORMAT');
}

/**
 * Reads the record of a comparison.
 *
 * @param folder - the folder of results
 * @param comparisonKey - key of the comparison
 * @returns the record, undefined when there is none
 * @throws InvalidInputError `ERR_FORMAT` when the file is damaged
 */
export async function readComparison(folder: string, comparisonKey: string): Promise<ComparisonRecord | undefined> {
  const name = `comparisons/${comparisonKey}.json`;
  const value = await readJson(join(folder, name), name);
  if (value === undefined) return undefined;
  const record = parseComparison(value, name);
  if (record.comparisonKey === comparisonKey && (await isSealed(value))) return record;
  throw new InvalidInputError(`${name}: expected the record as it was written, got another`, 'ERR_FORMAT');
}
