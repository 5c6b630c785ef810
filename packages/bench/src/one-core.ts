import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * The logical core that the processes of a pair can be held to: the last one that this process may use.
 *
 * Processes that take turns on one core meet the same frequency, the same caches and the same neighbours. Two cores of a
 * shared machine differ by a few per cent, now the one and now the other ahead.
 *
 * @param threads - threads that each process may use; more than one need their cores
 * @returns the number of the core, or null: several threads, no Linux, no `taskset`
 */
export function sharedCore(threads: number): number | null {
  if (threads !== 1) return null;
  try {
    const allowed = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
    const core = Number(/\d+$/.exec(allowed)?.[0] ?? Number.NaN);
    execFileSync('taskset', ['-c', String(core), 'true'], { stdio: 'ignore' });
    return core;
  } catch {
    return null;
  }
}

/**
 * How to start the engine on one core.
 *
 * @param core - number of the core
 * @returns program and its arguments, the engine last
 */
export function engineOnCore(core: number): { readonly execPath: string; readonly execArgv: string[] } {
  return { execPath: 'taskset', execArgv: ['-c', String(core), process.execPath] };
}
