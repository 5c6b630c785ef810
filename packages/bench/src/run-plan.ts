import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { digestJson, InvalidInputError, type JsonValue } from '@lemmata/core';
import { type Environment, recordEnvironment } from './environment.js';
import { type Outcome, outcomeWithoutRun, SOLUTION_FILE } from './execute-task.js';
import { writeJson } from './files.js';
import { RUNNER_VERSION } from './identity.js';
import { toLosslessJson } from './lossless-json.js';
import type { Manifest } from './manifest.js';
import type { Plan, PlannedModule, PlannedTask } from './plan.js';
import { hidePrivate } from './privacy.js';
import type { TaskRecord, TaskStatus } from './record.js';
import { parseRecord } from './record-schema.js';
import { formatTarget } from './report/format.js';
import { openResults, type ResultPaths, readManifest, readPlan, readRecord } from './results-folder.js';
import { sourceDigest } from './source-digest.js';
import { runTaskProcess } from './task-process.js';

/** Statuses that are kept as results but done again by the next run, and that make a run fail. */
const FAILED: readonly TaskStatus[] = ['error', 'timeout', 'killed', 'diverged'];

/**
 * Whether a status is a failure. Skipped and unsupported tasks are none, nor are targets that were not reached.
 *
 * @param status - how a task ended
 */
export function isFailure(status: TaskStatus): boolean {
  return FAILED.includes(status);
}

/** What a run tells while it goes on. */
export interface RunProgress {
  /** Tasks that are settled. */
  readonly settled: number;
  /** Tasks of the plan, tasks of equal key counted once. */
  readonly total: number;
  /** Solver, data and target of the task in question. */
  readonly task: string;
  /** What happened: a task began, was done, was done already, or had a record that cannot be read. */
  readonly event: 'began' | 'done' | 'reused' | 'damaged';
  /** Status of the task, or what is wrong with its record; empty when it began. */
  readonly detail: string;
}

/** The part of an `AbortSignal` that a run uses. */
export interface InterruptSignal {
  /** Whether the run is to end. */
  readonly aborted: boolean;
  /** Tells when it is aborted. */
  addEventListener(type: 'abort', listener: () => void): void;
}

/** How a plan is run. */
export interface RunPlanOptions {
  /** Command that continues the run, for the manifest; default a line for this folder. */
  readonly command?: string;
  /** Aborting it ends the task that runs; what was finished stays. */
  readonly signal?: InterruptSignal;
  /** Told about every task. */
  readonly onProgress?: (progress: RunProgress) => void;
}

/** What a run did. */
export interface RunSummary {
  /** Tasks of the plan, tasks of equal key counted once. */
  readonly tasks: number;
  /** Tasks that ran now. */
  readonly ran: number;
  /** Tasks whose records were there. */
  readonly reused: number;
  /** Keys of the tasks that failed, now or before. */
  readonly failed: readonly string[];
  /** Whether the signal ended it early. */
  readonly interrupted: boolean;
}

/**
 * Runs the tasks of a folder's plan, one at a time and each in a process of its own, and writes a record for each.
 *
 * A task is not done again when its record is there, is whole, is no failure, and comes from an equal environment. A run
 * that was killed at any moment continues by the same call.
 *
 * @param folder - folder of results with a `plan.json`
 * @param options - signal and progress
 * @returns what was done
 * @throws InvalidInputError `ERR_INPUT` without a plan, `ERR_STATE` when sources changed since it was made
 */
export async function runPlan(folder: string, options: RunPlanOptions = {}): Promise<RunSummary> {
  const root = resolve(folder);
  const plan = await readPlan(root);
  const tasks = [...new Map(plan.tasks.map((task) => [task.taskKey, task])).values()];
  await checkSources(root, tasks);
  const paths = await openResults(root);
  const project = plan.suites.length === 0 ? root : dirname(resolve(root, plan.suites[0].file));
  const environment = await recordEnvironment(project, tasks[0]?.threads ?? 1);
  await writeManifest(root, plan, tasks.length, environment, options.command);

  const signal = asSignal(options.signal);
  const failed: string[] = [];
  let ran = 0;
  let reused = 0;
  for (const task of tasks) {
    if (signal.aborted) break;
    const tell = (event: RunProgress['event'], detail: string): void =>
      options.onProgress?.({ settled: ran + reused, total: tasks.length, task: describeTask(task), event, detail });
    const found = await readRecord(root, task.taskKey).catch((error: Error) => tell('damaged', error.message));
    if (found && !isFailure(found.status) && found.environmentId === environment.id) {
      reused++;
      tell('reused', found.status);
      continue;
    }
    tell('began', '');
    const record = await runTask(root, paths, task, environment.id, signal);
    if (record === undefined) break;
    ran++;
    if (isFailure(record.status)) failed.push(task.taskKey);
    tell('done', record.status);
  }
  await rm(paths.work, { recursive: true, force: true });
  return { tasks: tasks.length, ran, reused, failed, interrupted: ran + reused < tasks.length };
}

/** Solver, data set, target and repetition in one line. */
function describeTask({ solver, problem, dataset, target, repetition }: PlannedTask): string {
  const goal = target === null ? '' : `, ${problem.metric} <= ${formatTarget(target)}`;
  return `${solver.label}, ${dataset.name}${goal}, repetition ${repetition}`;
}

function asSignal(signal: InterruptSignal | undefined): AbortSignal {
  const controller = new AbortController();
  if (signal?.aborted) controller.abort();
  signal?.addEventListener('abort', () => controller.abort());
  return controller.signal;
}

/** A plan holds the digests of what it was made from; running anything else under its keys would be a lie. */
async function checkSources(root: string, tasks: readonly PlannedTask[]): Promise<void> {
  const digests = new Map<string, Promise<string>>();
  const digestOf = (module: PlannedModule): Promise<string> => {
    const name = JSON.stringify([module.file, module.sources]);
    const extra = module.sources.map((source) => resolve(root, source));
    const digest = digests.get(name) ?? sourceDigest(resolve(root, module.file), extra).then((found) => found.digest);
    digests.set(name, digest);
    return digest;
  };
  for (const task of tasks) {
    for (const kind of ['problem', 'dataset', 'solver'] as const) {
      if ((await digestOf(task.modules[kind])) === task[kind].sourceDigest) continue;
      throw new InvalidInputError(
        `plan.json: expected the sources of ${kind} ${task[kind].name} as they were planned, got others; plan again`,
        'ERR_STATE',
      );
    }
  }
}

async function writeManifest(
  root: string,
  plan: Plan,
  tasks: number,
  environment: Environment,
  command = 'lemmata-bench run --out <this folder>',
): Promise<void> {
  const earlier = await readManifest(root);
  const manifest: Manifest = {
    schema: 1,
    runner: `@lemmata/bench, measuring rules ${RUNNER_VERSION}`,
    command: hidePrivate(command),
    plan: await digestJson(toLosslessJson(plan)),
    tasks,
    suites: Object.fromEntries(plan.suites.map(({ name, digest }) => [name, digest])),
    environments: { ...earlier?.environments, [environment.id]: environment },
  };
  await writeJson(resolve(root, 'manifest.json'), manifest as unknown as JsonValue);
}

async function runTask(
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
  const files = {
    problem: resolve(root, task.modules.problem.file),
    dataset: resolve(root, task.modules.dataset.file),
    solver: resolve(root, task.modules.solver.file),
  };
  const outcome =
    task.unsupported === null
      ? await runTaskProcess({ task, files, folder: scratch, artifacts: made }, signal)
      : outcomeWithoutRun('unsupported', task.unsupported);
  if (outcome === undefined) return undefined;
  const { json, record } = settle(task, outcome, environmentId, startedAt);
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
function settle(
  task: PlannedTask,
  outcome: Outcome,
  environmentId: string,
  startedAt: string,
): { json: JsonValue; record: TaskRecord } {
  const name = `tasks/${task.taskKey}.json`;
  try {
    const json = toLosslessJson(toRecord(task, outcome, environmentId, startedAt));
    return { json, record: parseRecord(json, name) };
  } catch (error) {
    const failure = outcomeWithoutRun('error', (error as Error).message);
    const json = toLosslessJson(toRecord(task, failure, environmentId, startedAt));
    return { json, record: parseRecord(json, name) };
  }
}

function toRecord(task: PlannedTask, outcome: Outcome, environmentId: string, startedAt: string): TaskRecord {
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
    threads: task.threads,
    sampling: task.sampling,
    timing: 'exclusive',
    environmentId,
    startedAt,
    message: hidePrivate(message),
    ...found,
  };
}
