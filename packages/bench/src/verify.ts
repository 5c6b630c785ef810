import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { randomStream } from '@lemmata/core';
import { checkIntegrity, type Damage } from './check-integrity.js';
import { checkSources } from './check-sources.js';
import { recordEnvironment } from './environment.js';
import { SOLUTION_FILE } from './execute-task.js';
import { curveDifference, type Difference, treeDifference } from './first-difference.js';
import { asSignal } from './interrupt.js';
import { readManifest } from './manifest.js';
import type { PlannedTask } from './plan.js';
import type { TaskRecord } from './record.js';
import { parseCurve } from './record-schema.js';
import { readPlan, readRecord, resultPaths } from './results-folder.js';
import { describeTask, type InterruptSignal, isFailure } from './run-plan.js';
import { assignmentOf, runTaskProcess } from './task-process.js';
import { treeFromBytes } from './tree.js';

/** How results are verified. */
export interface VerifyOptions {
  /** Number of tasks to repeat, drawn at random; default all that finished. */
  readonly sample?: number;
  /** Seed of that draw, default `0`. */
  readonly seed?: string;
  /** Ends the task that runs, and with it the verification. */
  readonly signal?: InterruptSignal;
  /** Told before each task. */
  readonly onTask?: (done: number, total: number, task: string) => void;
}

/** What came of repeating one task. */
export interface Repeat {
  /** Key of the task. */
  readonly taskKey: string;
  /** Solver, data and target in words. */
  readonly task: string;
  /**
   * `reproduced` all digests are equal, or all rows before the end of runs that a time limit ended; `same outcome` the
   * solver promises no equal bits here, and ended as before; `differs` otherwise.
   */
  readonly outcome: 'reproduced' | 'same outcome' | 'differs';
  /** Where it differs first, null when it does not or when there is nothing to point at. */
  readonly difference: Difference | null;
  /** What else is to be said, such as another status; empty when nothing is. */
  readonly message: string;
}

/** What a verification found. */
export interface Verification {
  /** Stored files that are not as they were written. */
  readonly damage: readonly Damage[];
  /** Tasks that were repeated, in the order of the plan. */
  readonly repeats: readonly Repeat[];
  /** Tasks of the plan with a whole record that can be repeated. */
  readonly finished: number;
  /** Whether the signal ended it early. */
  readonly interrupted: boolean;
}

/**
 * Verifies a folder of results: checks that its files are as they were written, then repeats tasks and compares digests.
 *
 * @param folder - folder of results
 * @param options - sample, signal, progress
 * @returns damage and repeats
 * @throws InvalidInputError `ERR_INPUT` without a plan, `ERR_STATE` when sources changed since
 */
export async function verifyResults(folder: string, options: VerifyOptions = {}): Promise<Verification> {
  const root = resolve(folder);
  const plan = await readPlan(root);
  const damage = await checkIntegrity(root, plan);
  const stored = new Map<string, { task: PlannedTask; record: TaskRecord }>();
  for (const task of plan.tasks) {
    const record = await readRecord(root, task.taskKey).catch(() => undefined);
    if (record === undefined || isFailure(record.status) || record.status === 'unsupported') continue;
    stored.set(task.taskKey, { task, record });
  }
  const finished = [...stored.values()];
  const chosen = draw(finished, options);
  await checkSources(
    root,
    chosen.map(({ task }) => task),
  );
  const project = plan.suites.length === 0 ? root : dirname(resolve(root, plan.suites[0].file));
  const here = await recordEnvironment(project, chosen[0]?.task.threads ?? 1);
  const environments = (await readManifest(root))?.environments ?? {};
  const promised = ({ environmentId, solver }: TaskRecord): boolean => {
    if (solver.determinism === 'R1') return environmentId === here.id;
    if (solver.determinism === 'R2') return environments[environmentId]?.engine === here.engine;
    return solver.determinism === 'R3';
  };
  const signal = asSignal(options.signal);
  const repeats: Repeat[] = [];
  for (const { task, record } of chosen) {
    options.onTask?.(repeats.length, chosen.length, describeTask(task));
    const repeat = await repeatTask(root, task, record, promised(record), signal);
    if (repeat === undefined) break;
    repeats.push(repeat);
  }
  return { damage, repeats, finished: finished.length, interrupted: repeats.length < chosen.length };
}

/** All of a list, or a random part in the order of the list. */
function draw<T>(all: readonly T[], { sample, seed = '0' }: VerifyOptions): T[] {
  if (sample === undefined || sample >= all.length) return [...all];
  const places = randomStream(seed).fork('verify').sample(all.length, sample).sort();
  return Array.from(places, (place) => all[place]);
}

async function repeatTask(
  root: string,
  task: PlannedTask,
  record: TaskRecord,
  promised: boolean,
  signal: AbortSignal,
): Promise<Repeat | undefined> {
  const work = await mkdtemp(join(tmpdir(), 'lemmata-verify-'));
  try {
    const outcome = await runTaskProcess(
      assignmentOf(root, { ...task, warmRuns: 0, warmSeconds: 0 }, work, work),
      signal,
    );
    if (outcome === undefined) return undefined;
    const told = { taskKey: task.taskKey, task: describeTask(task) };
    const differs = (message: string, difference: Difference | null = null): Repeat => ({
      ...told,
      outcome: 'differs',
      difference,
      message,
    });
    if (outcome.data.sha256 !== record.dataset.sha256) return differs('other data');
    const timed = [outcome.status, record.status].includes('budget');
    if (outcome.status !== record.status && !timed) return differs(`${record.status} before, ${outcome.status} now`);
    if (!promised) return { ...told, outcome: 'same outcome', difference: null, message: '' };
    const same = { ...told, outcome: 'reproduced', difference: null, message: '' } as const;
    if (record.digests === null || record.curve === null || outcome.curve === null) return same;
    const equal = (part: 'solution' | 'curve'): boolean => outcome.digests?.[part] === record.digests?.[part];
    if (equal('solution') && equal('curve')) return same;
    // A run that a time limit ended has a length of its own: the rows that both have are compared, the last one left out.
    const found = parseCurve(outcome.curve);
    const rows = timed ? Math.min(record.curve.iteration.length, found.iteration.length) - 1 : undefined;
    const inCurve = curveDifference(record.curve, found, rows);
    if (inCurve !== undefined) return differs('', inCurve);
    if (timed) return { ...same, message: `${rows} rows compared` };
    const now = treeFromBytes(await readFile(join(work, SOLUTION_FILE)), 'repeat');
    const kept = join(resultPaths(root).artifacts, task.taskKey, SOLUTION_FILE);
    // A stored solution that is damaged was told already; there is nothing to point at then.
    const before = await readFile(kept)
      .then((bytes) => ({ tree: treeFromBytes(bytes, 'stored') }))
      .catch(() => undefined);
    if (before === undefined) return differs('other solution; the stored one cannot be read');
    return differs('', treeDifference(before.tree, now) ?? null);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
