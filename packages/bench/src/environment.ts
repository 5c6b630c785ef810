import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { digestBytes, digestJson } from '@lemmata/core';
import { timerResolution } from './clock.js';

/** Variables that say how many threads numerical libraries take: the only ones that are recorded. */
export const THREAD_VARIABLES: readonly string[] = [
  'OMP_NUM_THREADS',
  'OPENBLAS_NUM_THREADS',
  'MKL_NUM_THREADS',
  'BLIS_NUM_THREADS',
  'VECLIB_MAXIMUM_THREADS',
  'NUMEXPR_NUM_THREADS',
];

/** Names of lock files, in the order in which they are looked for. */
const LOCK_FILES: readonly string[] = ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'];

/** Where tasks ran. What is unknown is null; nothing here names a person, a host or a path. */
export interface Environment {
  /** Digest of processor model, cores, system, engine and lock file: times compare where it is equal. */
  readonly id: string;
  /** System, such as `linux 6.1.0 x64`. */
  readonly system: string;
  /** Processor model. */
  readonly cpu: string;
  /** Number of logical cores. */
  readonly logicalCores: number;
  /** Number of physical cores. */
  readonly physicalCores: number | null;
  /** Number of cores that this process may use. */
  readonly availableCores: number;
  /** Sizes of the caches of the first core, such as `L1 Data 32K`. */
  readonly caches: readonly string[];
  /** Frequency governor of the first core. */
  readonly governor: string | null;
  /** Whether frequencies above the nominal one are allowed. */
  readonly turbo: boolean | null;
  /** Whether cores run several threads. */
  readonly simultaneousThreads: boolean | null;
  /** Limits of the control group: processor quota and memory, as the kernel writes them. */
  readonly cgroup: { readonly cpu: string | null; readonly memory: string | null };
  /** Main memory in bytes. */
  readonly memory: number;
  /** Load averages over 1, 5 and 15 minutes when the run began. */
  readonly load: readonly number[];
  /** Engine, such as `Node 20.20.2, V8 11.3`. */
  readonly engine: string;
  /** Flags of the engine. */
  readonly flags: readonly string[];
  /** SHA-256 of the lock file that governs the suites. */
  readonly lockFile: string | null;
  /** Commit of the suites' repository. */
  readonly commit: string | null;
  /** SHA-256 of what differs from that commit, null when nothing does or there is no commit. */
  readonly uncommitted: string | null;
  /** Values that tasks see in the variables of thread counts. */
  readonly threads: Readonly<Record<string, string>>;
  /** Smallest step of the clock in seconds. */
  readonly timerResolution: number;
}

/**
 * Describes the machine, the engine and the state of the sources.
 *
 * @param folder - a folder of the project whose lock file and commit count
 * @param threads - threads that tasks may use
 * @returns the environment and its id
 */
export async function recordEnvironment(folder: string, threads: number): Promise<Environment> {
  const lockFile = await lockFileDigest(folder);
  const system = `${platform()} ${release()} ${arch()}`;
  const cpu = cpus()[0]?.model.trim() ?? 'unknown';
  const logicalCores = cpus().length;
  const engine = `Node ${process.versions.node}, V8 ${process.versions.v8}`;
  return {
    id: await digestJson({ cpu, logicalCores, system, engine, lockFile }),
    system,
    cpu,
    logicalCores,
    physicalCores: physicalCores(),
    availableCores: availableParallelism(),
    caches: caches(),
    governor: line('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
    turbo:
      flag('/sys/devices/system/cpu/cpufreq/boost', '1') ?? flag('/sys/devices/system/cpu/intel_pstate/no_turbo', '0'),
    simultaneousThreads: flag('/sys/devices/system/cpu/smt/active', '1'),
    cgroup: { cpu: line('/sys/fs/cgroup/cpu.max'), memory: line('/sys/fs/cgroup/memory.max') },
    memory: totalmem(),
    load: loadavg(),
    engine,
    flags: process.execArgv.filter((argument) => !argument.includes('/') && !argument.includes('\\')),
    lockFile,
    ...(await repositoryState(folder)),
    threads: threadVariables(threads),
    timerResolution: timerResolution(),
  };
}

/**
 * The variables that keep numerical libraries to a number of threads.
 *
 * @param threads - how many
 */
export function threadVariables(threads: number): Record<string, string> {
  return Object.fromEntries(THREAD_VARIABLES.map((name) => [name, String(threads)]));
}

/** The content of a one-line file, null when it cannot be read. */
function line(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

function flag(file: string, yes: string): boolean | null {
  const content = line(file);
  return content === null ? null : content === yes;
}

function physicalCores(): number | null {
  const text = line('/proc/cpuinfo');
  if (text === null) return null;
  const cores = new Set<string>();
  for (const block of text.split('\n\n')) {
    const id = (name: string): string | undefined => new RegExp(`^${name}\\s*:\\s*(\\d+)`, 'm').exec(block)?.[1];
    const core = id('core id');
    if (core !== undefined) cores.add(`${id('physical id') ?? 0}/${core}`);
  }
  return cores.size === 0 ? null : cores.size;
}

function caches(): string[] {
  const folder = '/sys/devices/system/cpu/cpu0/cache';
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^index\d+$/.test(name))
    .sort()
    .map((name) => {
      const [level, type, size] = ['level', 'type', 'size'].map((fact) => line(join(folder, name, fact)) ?? '?');
      return `L${level} ${type} ${size}`;
    });
}

async function lockFileDigest(from: string): Promise<string | null> {
  for (let folder = from; ; folder = dirname(folder)) {
    for (const name of LOCK_FILES) {
      const file = join(folder, name);
      if (existsSync(file)) return digestBytes(readFileSync(file));
    }
    if (folder === dirname(folder)) return null;
  }
}

async function repositoryState(folder: string): Promise<{ commit: string | null; uncommitted: string | null }> {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 28,
    });
  try {
    const commit = git('rev-parse', 'HEAD').trim();
    const changes = git('diff', 'HEAD') + git('ls-files', '--others', '--exclude-standard');
    return { commit, uncommitted: changes === '' ? null : await digestBytes(new TextEncoder().encode(changes)) };
  } catch {
    // No repository, no commit yet, or no git.
    return { commit: null, uncommitted: null };
  }
}
