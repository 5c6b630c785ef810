import { parseArgs } from 'node:util';
import type { Shard } from '../run-plan.js';

/** How the command can end. */
export const EXIT = { ok: 0, failedTasks: 1, usage: 2, notReproduced: 4, interrupted: 130 } as const;

/** What the command line says. */
export interface Request {
  /** The command. */
  readonly command: string;
  /** What follows it: suites, folders, modules. */
  readonly names: readonly string[];
  /** Folder of results. */
  readonly out: string | undefined;
  /** Whether results are printed as JSON. */
  readonly json: boolean;
  /** Part of the plan to run. */
  readonly shard: Shard | undefined;
  /** The cell of a comparison. */
  readonly cell: string | undefined;
  /** The solvers of a comparison. */
  readonly solvers: readonly string[];
  /** Number of pairs of a comparison. */
  readonly pairs: number | undefined;
  /** Modules with claims to be measured beside a run. */
  readonly claims: readonly string[];
  /** Modules with kernels to be measured beside a run. */
  readonly kernels: readonly string[];
  /** Number of processes of each version of a kernel. */
  readonly rounds: number | undefined;
  /** Number of tasks to verify. */
  readonly sample: number | undefined;
  /** Seed of the draw of tasks to verify. */
  readonly seed: string | undefined;
  /** Names of the options that were given, without dashes. */
  readonly given: readonly string[];
}

/** A command line that cannot be followed. */
export interface UsageProblem {
  /** What was expected and what came. */
  readonly usage: string;
}

/** Options of the command line, `json` and `help` apart. */
const OPTIONS = {
  out: { type: 'string' },
  shard: { type: 'string' },
  cell: { type: 'string' },
  solvers: { type: 'string', multiple: true },
  pairs: { type: 'string' },
  claims: { type: 'string', multiple: true },
  kernels: { type: 'string', multiple: true },
  rounds: { type: 'string' },
  sample: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Reads a command line.
 *
 * @param args - arguments without program and script
 * @returns what it says, or what is wrong with it
 */
export function readRequest(args: readonly string[]): Request | UsageProblem | 'help' {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
    if (values.help === true) return 'help';
    const [command, ...names] = positionals;
    if (command === undefined) return { usage: 'expected a command, got none' };
    const { solvers = [] } = values;
    return {
      command,
      names,
      out: values.out,
      json: values.json ?? false,
      shard: readShard(values.shard),
      cell: values.cell,
      // A label may hold commas: then each is given by an option of its own.
      solvers: solvers.length === 1 ? solvers[0].split(',') : solvers,
      pairs: readCount('pairs', values.pairs),
      claims: values.claims ?? [],
      kernels: values.kernels ?? [],
      rounds: readCount('rounds', values.rounds),
      sample: readCount('sample', values.sample),
      seed: values.seed,
      given: Object.keys(values),
    };
  } catch (error) {
    return { usage: (error as Error).message };
  }
}

function readShard(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index < count) return { index, count };
  throw new Error(`--shard: expected i/n with 0 <= i < n, got ${text}`);
}

function readCount(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new Error(`--${name}: expected an integer >= 1, got ${text}`);
}
