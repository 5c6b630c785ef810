import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonValue } from '@lemmata/core';
import { type Outcome, outcomeWithoutRun, SOLUTION_FILE } from './execute-task.js';
import { writeJson } from './files.js';
import { toLosslessJson } from './lossless-json.js';
import type { PlannedTask } from './plan.js';
import { hidePrivate } from './privacy.js';
import type { TaskRecord } from './record.js';
import { parseRecord } from './record-schema.js';
import type { ResultPaths } from './results-folder.js';
import { seal } from './seal.js';
import { assignmentOf, runTaskProcess } from './task-process.js';

/**
 * Does a task of a plan and writes its record and its solution.
 *
 * @param root - absolute path of the folder of results
 * @param paths - its paths
 * @param task - the task
 * @param environmentId - digest of the environment
 * @param signal - ends the task when it is aborted
 * @returns the record, undefined when the signal ended the task
 */
export async function runTask(
  root: string,
  paths: ResultPaths,
  task: PlannedTask,
  environmentId: string,
  signal: AbortSignal,
): Promise<TaskRecord | undefined> {
  const startedAt = new Date().toISOString();
  const scratch = join(paths.work, 'scratch');
  const made = join(paths.work, 'artifacts');
  await rm(paths.work, { recursive: true, force: true });
  for (const place of [scratch, made]) await mkdir(place, { recursive: true });
  const outcome =
    task.unsupported === null
      ? await runTaskProcess(assignmentOf(root, task, scratch, made), signal)
      : outcomeWithoutRun('unsupported', task.unsupported);
  if (outcome === undefined) return undefined;
  const { json, record } = await settle(task, outcome, environmentId, startedAt);
  const kept = join(paths.artifacts, task.taskKey);
  await rm(kept, { recursive: true, force: true });
  if (record.digests !== null) {
    await mkdir(kept);
    await rename(join(made, SOLUTION_FILE), join(kept, SOLUTION_FILE));
  }
  // The record is written last: where it is, everything else is.
  await writeJson(join(paths.tasks, `${task.taskKey}.json`), json);
  return record;
}

/** Makes the record of an outcome; one that does not fit the schema, such as counts that are no numbers, is an error. */
async function settle(
  task: PlannedTask,
  outcome: Outcome,
  environmentId: string,
  startedAt: string,
): Promise<{ json: JsonValue; record: TaskRecord }> {
  const name = `tasks/${task.taskKey}.json`;
  try {
    const json = await seal(toLosslessJson(toRecord(task, outcome, environmentId, startedAt)));
    return { json, record: parseRecord(json, name) };
  } catch (error) {
    const failure = outcomeWithoutRun('error', (error as Error).message);
    const json = await seal(toLosslessJson(toRecord(task, failure, environmentId, startedAt)));
    return { json, record: parseRecord(json, name) };
  }
}

function toRecord(
  task: PlannedTask,
  outcome: Outcome,
  environmentId: string,
  startedAt: string,
): Omit<TaskRecord, 'digest'> {
  const { data, message, ...found } = outcome;
  return {
    schema: 1,
    taskKey: task.taskKey,
    suite: task.suite,
    problem: task.problem,
    dataset: { ...task.dataset, ...data },
    solver: task.solver,
    repetition: task.repetition,
    seeds: task.seeds,
    target: task.target,
    budget: task.budget,
    warmRuns: task.warmRuns,
    warmSeconds: task.warmSeconds,
    threads: task.threads,
    sampling: task.sampling,
    timing: 'exclusive',
    environmentId,
    startedAt,
    message: hidePrivate(message),
    ...found,
  };
}
