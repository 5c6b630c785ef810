import { fork } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { threadVariables } from './environment.js';
import { type Assignment, type Outcome, outcomeWithoutRun } from './execute-task.js';
import { engineOnCore } from './one-core.js';
import type { PlannedTask } from './plan.js';

/** Most characters of a task's own output that are kept for a failure: the last ones. */
const KEPT_OUTPUT = 4000;

/**
 * The assignment of a planned task.
 *
 * @param root - absolute path of the folder of results, which paths of the plan are relative to
 * @param task - the task
 * @param folder - an empty folder for the solver's files
 * @param artifacts - a folder in which the solution is left
 */
export function assignmentOf(root: string, task: PlannedTask, folder: string, artifacts: string): Assignment {
  const { problem, dataset, solver } = task.modules;
  const files = {
    problem: resolve(root, problem.file),
    dataset: resolve(root, dataset.file),
    solver: resolve(root, solver.file),
  };
  return { task, files, folder, artifacts };
}

/** What the process of a task sends. */
type Message =
  | { readonly type: 'outcome'; readonly outcome: Outcome }
  | { readonly type: 'peer'; readonly pid: number }
  | { readonly type: 'waiting'; readonly seconds: number };

/** What a process needs to run by turns with another. */
export interface ByTurns {
  /** The logical core that it is held to, null for any. */
  readonly core: number | null;
  /** Told when it waits for a turn, with the seconds of its warm runs so far and how to go on. */
  readonly onWaiting: (seconds: number, proceed: () => void) => void;
}

/**
 * Does a task in a fresh process, with the thread counts of numerical libraries set.
 *
 * @param assignment - the task and its files
 * @param signal - ends the process when it is aborted; the result is then undefined
 * @param byTurns - for an assignment by turns
 * @returns what came of it: `timeout` when it took longer than it may, `killed` when its process died
 */
export function runTaskProcess(
  assignment: Assignment,
  signal: AbortSignal,
  byTurns?: ByTurns,
): Promise<Outcome | undefined> {
  const { timeoutSeconds, threads } = assignment.task;
  const core = byTurns?.core ?? null;
  const child = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), [], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    ...(core === null ? { execArgv: [] } : engineOnCore(core)),
    env: { ...process.env, ...threadVariables(threads), LEMMATA_BENCH_WORKER: '1' },
  });
  let outcome: Outcome | undefined;
  let timedOut = false;
  let output = '';
  const peers: number[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-KEPT_OUTPUT);
    });
  }
  child.on('message', (message: Message) => {
    if (message.type === 'peer') peers.push(message.pid);
    else if (message.type === 'waiting')
      byTurns?.onWaiting(message.seconds, () => child.connected && child.send('turn'));
    else outcome = message.outcome;
  });

  child.send(assignment);

  return new Promise((resolve) => {
    const end = (): void => {
      child.kill('SIGKILL');
      for (const pid of peers) killGroup(pid);
    };
    // A timer holds at most 2^31 - 1 ms, which is 24 days.
    const timer = setTimeout(
      () => {
        timedOut = true;
        end();
      },
      Math.min(timeoutSeconds * 1000, 2147483647),
    );
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    child.on('error', (error) => {
      // A process that is ended at once may not have taken its assignment any more.
      if (signal.aborted) finish(undefined);
      else finish(outcomeWithoutRun('error', `process could not be started: ${error.message}`));
    });
    child.on('close', (code, how) => {
      if (outcome !== undefined) return finish(outcome);
      for (const pid of peers) killGroup(pid);
      if (signal.aborted) return finish(undefined);
      const words = output.trim() === '' ? '' : `; its output ends with:\n${output.trim()}`;
      if (timedOut) return finish(outcomeWithoutRun('timeout', `expected to end within ${timeoutSeconds} s${words}`));
      const ending = how === null ? `exit code ${code}` : `signal ${how}`;
      finish(outcomeWithoutRun('killed', `process ended with ${ending}${words}`));
    });
    function finish(result: Outcome | undefined): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(result);
    }
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
