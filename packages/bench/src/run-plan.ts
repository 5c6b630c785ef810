import { rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { requireInteger } from '@lemmata/core';
import { checkSources } from './check-sources.js';
import type { PlannedComparison } from './comparison.js';
import { recordEnvironment } from './environment.js';
import { asSignal } from './interrupt.js';
import { writeManifest } from './manifest.js';
import type { Plan, PlannedTask } from './plan.js';
import type { TaskStatus } from './record.js';
import { formatTarget } from './report/format.js';
import { openResults, readComparison, readPlan, readRecord } from './results-folder.js';
import { runComparison } from './run-comparison.js';
import { runTask } from './run-task.js';

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
  /** Tasks and comparisons of the plan, or of its part; those of equal key counted once. */
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
  /** Which part of the plan to run; default all of it. */
  readonly shard?: Shard;
  /** Told about every task. */
  readonly onProgress?: (progress: RunProgress) => void;
}

/** A part of a plan: the tasks and comparisons whose place leaves `index` on division by `count`. */
export interface Shard {
  /** Which part, an integer in [0, count). */
  readonly index: number;
  /** Number of parts, an integer >= 1. */
  readonly count: number;
}

/** What a run did. */
export interface RunSummary {
  /** Tasks and comparisons of the plan, or of its part; those of equal key counted once. */
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
  const { tasks, comparisons } = partOf(plan, options.shard);
  const total = tasks.length + comparisons.length;
  await checkSources(root, [...tasks, ...comparisons.flatMap(({ first, second }) => [first, second])]);
  const paths = await openResults(root);
  const project = plan.suites.length === 0 ? root : dirname(resolve(root, plan.suites[0].file));
  const threads = (tasks[0] ?? comparisons[0]?.first)?.threads ?? 1;
  const environment = await recordEnvironment(project, threads);
  await writeManifest(root, plan, { [environment.id]: environment }, options.command);

  const signal = asSignal(options.signal);
  const failed: string[] = [];
  let ran = 0;
  let reused = 0;
  const tell = (task: string, event: RunProgress['event'], detail: string): void =>
    options.onProgress?.({ settled: ran + reused, total, task, event, detail });
  for (const task of tasks) {
    if (signal.aborted) break;
    const name = describeTask(task);
    const found = await readRecord(root, task.taskKey).catch((error: Error) => tell(name, 'damaged', error.message));
    if (found && !isFailure(found.status) && found.environmentId === environment.id) {
      reused++;
      tell(name, 'reused', found.status);
      continue;
    }
    tell(name, 'began', '');
    const record = await runTask(root, paths, task, environment.id, signal);
    if (record === undefined) break;
    ran++;
    if (isFailure(record.status)) failed.push(task.taskKey);
    tell(name, 'done', record.status);
  }
  for (const comparison of comparisons) {
    if (signal.aborted) break;
    const key = comparison.comparisonKey;
    const name = describeComparison(comparison);
    const found = await readComparison(root, key).catch((error: Error) => tell(name, 'damaged', error.message));
    if (found && found.status !== 'failed' && found.environmentId === environment.id) {
      reused++;
      tell(name, 'reused', found.findings?.verdict ?? found.status);
      continue;
    }
    const onPair = (done: number, all: number): void => tell(name, 'began', `pair ${done + 1} of ${all}`);
    const record = await runComparison(comparison, { root, paths, environmentId: environment.id, signal, onPair });
    if (record === undefined) break;
    ran++;
    if (record.status === 'failed') failed.push(key);
    tell(name, 'done', record.findings?.verdict ?? record.status);
  }
  await rm(paths.work, { recursive: true, force: true });
  return { tasks: total, ran, reused, failed, interrupted: ran + reused < total };
}

/** The tasks and comparisons of a part, each key once. Which part something is in depends on its place alone. */
function partOf(plan: Plan, shard: Shard = { index: 0, count: 1 }): Pick<Plan, 'tasks' | 'comparisons'> {
  const { index, count } = shard;
  requireInteger('shard.count', count, 1);
  requireInteger('shard.index', index, 0, count - 1);
  const tasks = [...new Map(plan.tasks.map((task) => [task.taskKey, task])).values()];
  const comparisons = [...new Map(plan.comparisons.map((one) => [one.comparisonKey, one])).values()];
  return {
    tasks: tasks.filter((_, place) => place % count === index),
    comparisons: comparisons.filter((_, place) => (tasks.length + place) % count === index),
  };
}

/** Both solvers, data set and target in one line. */
export function describeComparison({ first, second }: PlannedComparison): string {
  return `${second.solver.label} against ${describeTask(first)}`;
}

/** Solver, data set, target and repetition in one line. */
export function describeTask({ solver, problem, dataset, target, repetition }: PlannedTask): string {
  const goal = target === null ? '' : `, ${problem.metric} <= ${formatTarget(target)}`;
  return `${solver.label}, ${dataset.name}${goal}, repetition ${repetition}`;
}
