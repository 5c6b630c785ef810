import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { digestBytes, InvalidInputError } from '@lemmata/core';
import { type Clock, toSeconds } from './clock.js';
import type { Reference, Solver } from './contracts.js';
import { climbLadder, tightenUntilReached } from './ladder.js';
import { loadDefinition } from './load-module.js';
import { type Contest, type MeasuredRun, measureRun, type Repetition, repeatRun } from './measure.js';
import type { PlannedTask } from './plan.js';
import type { Row } from './probe.js';
import type { Curve, TaskRecord, TaskStatus } from './record.js';
import { digestTree, treeFromBytes } from './tree.js';

/** Name of the solution's file in a task's folder. */
export const SOLUTION_FILE = 'solution.bin';

/** What a task's process finds out. */
export type Outcome = Pick<
  TaskRecord,
  | 'status'
  | 'message'
  | 'reached'
  | 'counts'
  | 'time'
  | 'memory'
  | 'final'
  | 'curve'
  | 'samples'
  | 'digests'
  | 'reference'
  | 'solutionFile'
> & {
  /** What is known of the data once they are made. */
  readonly data: Pick<TaskRecord['dataset'], 'sha256' | 'shape' | 'nnz'>;
};

/** What is known before anything ran. */
const NOTHING: Omit<Outcome, 'status' | 'message'> = {
  reached: false,
  counts: {},
  time: null,
  memory: null,
  final: null,
  curve: null,
  samples: [],
  digests: null,
  reference: null,
  solutionFile: null,
  data: { sha256: null },
};

/** The outcome of a task that did not run. */
export function outcomeWithoutRun(status: TaskStatus, message: string): Outcome {
  return { ...NOTHING, status, message };
}

/** A task with everything that its process needs. */
export interface Assignment {
  /** The task. */
  readonly task: PlannedTask;
  /** Absolute paths of its modules. */
  readonly files: { readonly problem: string; readonly dataset: string; readonly solver: string };
  /** An empty folder for the solver's files. */
  readonly folder: string;
  /** A folder in which the solution is left. */
  readonly artifacts: string;
  /** Whether warm runs wait for turns, which another process takes as well; default no. */
  readonly byTurns?: boolean;
}

/**
 * Does a task: makes the data, sets the solver up, runs it once with the probe and then without, checks its solution.
 *
 * @param assignment - the task and its files
 * @param clock - clock of all runs
 * @param takeTurn - awaited before turns of warm runs, with the seconds of those so far
 * @returns what came of it; failures are outcomes, not exceptions
 */
export async function executeTask(
  assignment: Assignment,
  clock: Clock,
  takeTurn?: Repetition['takeTurn'],
): Promise<Outcome> {
  let solver: Solver | undefined;
  try {
    solver = await loadDefinition('solver', assignment.files.solver, assignment.task.modules.solver.given);
    return await contend(assignment, solver, clock, takeTurn);
  } catch (error) {
    const { message, stack } = error as Error;
    return outcomeWithoutRun('error', stack ?? String(message ?? error));
  } finally {
    // What happens while a solver is put away cannot change what it found.
    await Promise.resolve(solver?.dispose?.()).catch(() => undefined);
  }
}

async function contend(
  assignment: Assignment,
  solver: Solver,
  clock: Clock,
  takeTurn: Repetition['takeTurn'],
): Promise<Outcome> {
  const { task, files, folder, artifacts } = assignment;
  const problem = await loadDefinition('problem', files.problem, task.modules.problem.given);
  const dataset = await loadDefinition('dataset', files.dataset, task.modules.dataset.given);
  const data = await dataset.generate({ seed: task.seeds.data });
  const sha256 = await digestTree(data);
  const known = { ...NOTHING, data: { sha256, ...dataset.describe?.(data) } };
  const instance = problem.load(data);
  const supported = solver.supports(instance);
  if (supported !== true) return { ...known, status: 'skipped', message: supported.skip };

  const reference: Reference | null = problem.reference?.(instance) ?? null;
  const trivial = problem.evaluate(instance, problem.trivialSolution(instance));
  const beforeSetup = clock();
  await solver.setup(instance, {
    seed: task.seeds.solver,
    target: task.target ?? undefined,
    threads: task.threads,
    maxSeconds: task.budget.maxSeconds,
    folder,
  });
  const setup = toSeconds(clock() - beforeSetup);

  const contest: Contest = { clock, problem, instance, solver, target: task.target, budget: task.budget, trivial };
  const collections = watchCollections();
  const cpuBefore = process.cpuUsage();
  const ladder = task.sampling === 'rerun' ? await climbLadder(contest) : undefined;
  const watched = task.sampling === 'callback' ? tightenUntilReached : measureRun;
  const first = ladder?.best ?? (await watched(contest));
  const cpu = process.cpuUsage(cpuBefore);
  await writeFile(join(artifacts, SOLUTION_FILE), first.bytes);
  problem.verify(instance, treeFromBytes(first.bytes, 'solution'));

  const status = statusOf(first, contest);
  const samples = worthRepeating(first, status, contest)
    ? await repeatRun(contest, first, {
        runs: task.warmRuns,
        seconds: task.warmSeconds,
        ...(takeTurn === undefined ? {} : { takeTurn }),
      })
    : [];
  if ((await digestTree(data)) !== sha256) {
    throw new InvalidInputError(
      `solver ${solver.name}: expected the data to stay as they were, got other bytes after its runs`,
      'ERR_STATE',
    );
  }
  const rows = ladder?.rows ?? first.rows;
  const curve = columns(rows);
  return {
    ...known,
    status,
    message: status === 'diverged' ? divergence(first, problem.metric) : '',
    reached: first.reached,
    counts: first.counts,
    time: {
      setup,
      cold: first.seconds,
      warm: samples.length === 0 ? null : median(samples),
      warmMin: samples.length === 0 ? null : Math.min(...samples),
      evaluate: ladder?.evaluateSeconds ?? first.evaluateSeconds,
      cpu: (cpu.user + cpu.system) / 1e6,
      gc: await collections(),
    },
    memory: { peakRss: process.resourceUsage().maxRSS * 1024 },
    final: first.final,
    curve,
    samples,
    digests: { solution: first.digest, curve: await digestCurve(curve) },
    reference,
    solutionFile: await digestBytes(first.bytes),
  };
}

function statusOf(run: MeasuredRun, { problem, budget }: Contest): TaskStatus {
  if (run.reached) return 'target';
  if (Number.isNaN(run.final[problem.metric])) return 'diverged';
  if (run.ending !== undefined && run.ending !== 'target') return run.ending;
  return run.seconds > budget.maxSeconds ? 'budget' : 'done';
}

/** What diverged: the value at which the probe ended the run, or that of the final solution. */
function divergence({ rows, iterations, ending, seen, final }: MeasuredRun, metric: string): string {
  const value = (ending === 'diverged' ? seen : final)?.[metric];
  return `${metric} is ${value} at iteration ${iterations}; it was ${rows[0].metrics[metric]} at the start`;
}

/** Warm runs are made of what counts: a target that was reached, or without targets whatever ended by itself or by a count. */
function worthRepeating(run: MeasuredRun, status: TaskStatus, { target, budget }: Contest): boolean {
  if (target !== null) return run.reached;
  return status !== 'diverged' && run.seconds < budget.maxSeconds;
}

function columns(rows: readonly Row[]): Curve {
  const names = Object.keys(rows[rows.length - 1].metrics);
  const tolerances = rows.map(({ tolerance }) => tolerance).filter((tolerance) => tolerance !== undefined);
  return {
    iteration: rows.map(({ iteration }) => iteration),
    count: rows.map(({ count }) => count),
    seconds: rows.map(({ seconds }) => seconds),
    ...(tolerances.length === 0 ? {} : { tolerance: tolerances }),
    metrics: Object.fromEntries(names.map((name) => [name, rows.map(({ metrics }) => metrics[name] ?? Number.NaN)])),
  };
}

/**
 * The SHA-256 of a curve's machine-independent columns.
 *
 * @param curve - a curve; its seconds are not looked at
 */
export function digestCurve(curve: Curve): Promise<string> {
  const { iteration, count, tolerance = [], metrics } = curve;
  const byName = Object.entries(metrics).map(([name, values]) => [name, Float64Array.from(values)]);
  return digestTree({
    iteration: Float64Array.from(iteration),
    count: Float64Array.from(count),
    tolerance: Float64Array.from(tolerance),
    metrics: Object.fromEntries(byName),
  });
}

/** The median: the mean of the two middle values when their number is even. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Starts to add up the seconds of garbage collection; the function that it returns ends that and tells them. */
function watchCollections(): () => Promise<number> {
  let milliseconds = 0;
  const add = (entries: readonly { duration: number }[]): void => {
    for (const { duration } of entries) milliseconds += duration;
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  return async () => {
    // Entries are delivered in a macrotask of their own.
    await setImmediate();
    add(observer.takeRecords());
    observer.disconnect();
    return milliseconds / 1000;
  };
}
