import { mkdir, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { type RandomStream, randomStream } from '@lemmata/core';
import type { ComparisonRecord, PlannedComparison, RecordContender } from './comparison.js';
import { parseComparison } from './comparison-schema.js';
import { writeJson } from './files.js';
import { toLosslessJson } from './lossless-json.js';
import { sharedCore } from './one-core.js';
import { judge, type PairFindings, ratioInterval } from './pair-statistics.js';
import type { PlannedTask } from './plan.js';
import { hidePrivate } from './privacy.js';
import type { ResultPaths } from './results-folder.js';
import { seal } from './seal.js';
import { assignmentOf, runTaskProcess } from './task-process.js';
import { Turns } from './turns.js';

/** Where a comparison runs and who wants to know. */
export interface ComparisonContext {
  /** Absolute path of the folder of results. */
  readonly root: string;
  /** Its paths. */
  readonly paths: ResultPaths;
  /** Digest of the environment. */
  readonly environmentId: string;
  /** Ends the process that runs. */
  readonly signal: AbortSignal;
  /** Told before each pair of processes: how many of how many are done. */
  readonly onPair?: (done: number, total: number) => void;
}

/** Times of one process. */
interface ProcessTime {
  readonly seconds: number;
  readonly runs: number;
  readonly solution: string | null;
}

/** A contender's processes so far. */
type Processes = ProcessTime[];

/** Why a process gave no time. */
class NoTime extends Error {}

/**
 * Runs two solvers in pairs of processes and writes what came of it.
 *
 * The two processes of a pair make their data and run once to the target, then by turns of some hundredths of a second, so
 * that both see the same machine, on one core where the system can hold them to it, at least `timing.runs` times and for `timing.seconds`; the earlier half warms up, the
 * fastest of the later counts: what else runs on the machine only ever adds to a time. Pairs alternate in who begins:
 * A B, B A, A B, ... After each comes one of the first contender against itself, in the same order, as a control.
 *
 * @param planned - the two tasks
 * @param context - folder, environment, signal
 * @returns the record, undefined when the signal ended it
 */
export async function runComparison(
  planned: PlannedComparison,
  context: ComparisonContext,
): Promise<ComparisonRecord | undefined> {
  const startedAt = new Date().toISOString();
  const before = loadavg()[0];
  const contest: Readonly<Record<'first' | 'second' | 'control' | 'mirror', Processes>> = {
    first: [],
    second: [],
    control: [],
    mirror: [],
  };
  const missing = planned.first.unsupported ?? planned.second.unsupported;
  let status: ComparisonRecord['status'] = missing === null ? 'measured' : 'unsupported';
  let message = missing ?? '';
  const core = sharedCore(Math.max(planned.first.threads, planned.second.threads));
  try {
    if (missing === null && !(await runPairs(planned, core, context, contest))) return undefined;
  } catch (error) {
    if (!(error instanceof NoTime)) throw error;
    status = 'failed';
    message = error.message;
  }
  const { first, second, control, mirror } = contest;
  const { problem, dataset, target, repetition } = planned.first;
  const { comparisonKey, suite, pairs, timing } = planned;
  const record = {
    schema: 1,
    comparisonKey,
    suite,
    problem,
    dataset,
    target,
    repetition,
    status,
    message: hidePrivate(message),
    order: 'ABBA',
    pairs,
    core,
    timing,
    first: contenderOf(planned.first, first),
    second: contenderOf(planned.second, second),
    control: { first: secondsOf(control), second: secondsOf(mirror) },
    findings: status === 'measured' ? findingsOf(contest, randomStream(comparisonKey)) : null,
    environmentId: context.environmentId,
    load: { before, after: loadavg()[0] },
    startedAt,
  };
  const sealed = await seal(toLosslessJson(record));
  const name = `comparisons/${comparisonKey}.json`;
  const parsed = parseComparison(sealed, name);
  await mkdir(context.paths.comparisons, { recursive: true });
  await writeJson(join(context.root, name), sealed);
  return parsed;
}

async function runPairs(
  { first, second, pairs, timing }: PlannedComparison,
  core: number | null,
  context: ComparisonContext,
  contest: Readonly<Record<'first' | 'second' | 'control' | 'mirror', Processes>>,
): Promise<boolean> {
  let done = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const blocks: [PlannedTask, Processes][][] = [
      [
        [first, contest.first],
        [second, contest.second],
      ],
      [
        [first, contest.control],
        [first, contest.mirror],
      ],
    ];
    for (const block of blocks) {
      const order = pair % 2 === 0 ? block : block.reverse();
      context.onPair?.(done, 2 * pairs);
      const times = await timePair(
        order.map(([task]) => task),
        timing,
        core,
        context,
      );
      if (times === undefined) return false;
      order.forEach(([, processes], k) => {
        processes.push(times[k]);
      });
      done++;
    }
  }
  return true;
}

/** Times two tasks by turns, the first of them first; undefined when the signal ended them. */
async function timePair(
  tasks: readonly PlannedTask[],
  timing: PlannedComparison['timing'],
  core: number | null,
  { root, paths, signal }: ComparisonContext,
): Promise<ProcessTime[] | undefined> {
  const turns = new Turns(tasks.length);
  // Each waits while the other runs.
  const timeoutSeconds = tasks.reduce((sum, task) => sum + task.timeoutSeconds, 0);
  const outcomes = await Promise.all(
    tasks.map(async (planned, player) => {
      const folder = join(paths.work, String(player));
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      const task = { ...planned, timeoutSeconds, warmRuns: timing.runs, warmSeconds: timing.seconds };
      const assignment = { ...assignmentOf(root, task, folder, folder), byTurns: true };
      try {
        const onWaiting = (seconds: number, proceed: () => void): void => turns.wait(player, seconds, proceed);
        return await runTaskProcess(assignment, signal, { core, onWaiting });
      } finally {
        turns.leave(player);
      }
    }),
  );
  const times: ProcessTime[] = [];
  for (const [player, outcome] of outcomes.entries()) {
    if (outcome === undefined) return undefined;
    const { samples, status, message, digests } = outcome;
    if (samples.length === 0) throw new NoTime(`${tasks[player].solver.label}: ${status} ${message}`.trimEnd());
    const settled = samples.slice(samples.length >> 1);
    times.push({ seconds: Math.min(...settled), runs: samples.length, solution: digests?.solution ?? null });
  }
  return times;
}

function secondsOf(processes: Processes): number[] {
  return processes.map(({ seconds }) => seconds);
}

function contenderOf({ solver, taskKey }: PlannedTask, processes: Processes): RecordContender {
  return {
    solver,
    taskKey,
    seconds: secondsOf(processes),
    runs: processes.map(({ runs }) => runs),
    solution: processes[0]?.solution ?? null,
  };
}

function findingsOf(
  { first, second, control, mirror }: Readonly<Record<'first' | 'second' | 'control' | 'mirror', Processes>>,
  stream: RandomStream,
): PairFindings {
  return judge(
    ratioInterval(secondsOf(first), secondsOf(second), stream.fork('ratio')),
    ratioInterval(secondsOf(control), secondsOf(mirror), stream.fork('control')),
  );
}
