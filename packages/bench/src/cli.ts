import { claims } from './commands/claims.js';
import { compare } from './commands/compare.js';
import { kernels } from './commands/kernels.js';
import { list, plan } from './commands/list-and-plan.js';
import { merge } from './commands/merge.js';
import { report } from './commands/report.js';
import { EXIT, type Request, readRequest, type UsageProblem } from './commands/request.js';
import { run } from './commands/run.js';
import { schema } from './commands/schema.js';
import { verify } from './commands/verify.js';
import { holdFolder } from './hold-folder.js';
import { type Output, terminalOutput } from './output.js';

const HELP = `lemmata-bench <command> [--out <folder>] [--json] [suites...]

  list <suites...>                  what the suites cross, and how many tasks that is
  plan --out <folder> <suites...>   write the ordered list of tasks
  run --out <folder> [suites...]    plan (when suites are named), run what is not finished, report
      --shard i/n                   only every n-th task, beginning with the i-th (from 0)
      --kernels <module>            measure its kernels as well
      --claims <module>             measure its claims as well (may be given several times)
  compare --out <folder> <suite>    run two solvers of a suite in pairs of processes on one cell
      --cell name=value,...         the cell: problem, dataset, target, repetition, parameters
      --solvers a,b [--pairs 30]    the first is also the control, against itself
  kernels --out <folder> <modules>  time the kernels of built modules against twins, peers and native code
      [--rounds 7]                  processes of each version
  claims <modules...>               measure the claims of built modules; exit code 1 when one does not hold
  merge <new folder> <folders...>   unite results, such as the shards of one plan
  verify <folder>                   check that files are as written, repeat tasks, compare digests
      [--sample k] [--seed s]       only k tasks, drawn at random
  report --out <folder>             write report/index.html, summary.csv, curves.json
  schema <name>                     print the JSON Schema of a record, plan, suite, comparison, claims or kernels

An interrupted run continues by the same command. Results go to standard output, progress to standard error.
Exit codes: 0 ok, 1 failed tasks, 2 usage, 4 not reproduced, 130 interrupted.`;

/** A command and the options that it takes, `json` apart. */
interface Command {
  readonly follow: (request: Request, output: Output) => Promise<number | UsageProblem>;
  readonly options: readonly string[];
  /** Whether it writes to the folder of results, which then is its own while it runs. */
  readonly holds?: true;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  list: { follow: list, options: [] },
  plan: { follow: plan, options: ['out'] },
  run: { follow: run, options: ['out', 'shard', 'claims', 'kernels', 'rounds'], holds: true },
  compare: { follow: compare, options: ['out', 'cell', 'solvers', 'pairs'], holds: true },
  merge: { follow: merge, options: [] },
  kernels: { follow: kernels, options: ['out', 'rounds'], holds: true },
  claims: { follow: claims, options: [] },
  verify: { follow: verify, options: ['sample', 'seed'] },
  report: { follow: report, options: ['out'] },
  schema: { follow: schema, options: [] },
};

/**
 * Runs the command line.
 *
 * @param args - arguments without program and script
 * @param output - where results, notes and progress go
 * @returns the exit code
 */
export async function main(args: readonly string[], output: Output = terminalOutput()): Promise<number> {
  const request = readRequest(args);
  if (request === 'help') {
    output.result(HELP);
    return EXIT.ok;
  }
  try {
    const outcome = 'usage' in request ? request : await follow(request, output);
    if (typeof outcome === 'number') return outcome;
    output.note(`lemmata-bench: ${outcome.usage}\n\n${HELP}`);
    return EXIT.usage;
  } catch (error) {
    output.progressEnd();
    const { code, message, stack } = error as { code?: unknown; message?: string; stack?: string };
    // Errors with a code of ours say what was wrong with what we were given.
    const known = typeof code === 'string' && /^ERR_(INPUT|FORMAT|OPTION|INCOMPATIBLE|STATE|DIMENSION)$/.test(code);
    output.note(`lemmata-bench: ${known ? message : (stack ?? String(error))}`);
    return known ? EXIT.usage : EXIT.failedTasks;
  }
}

async function follow(request: Request, output: Output): Promise<number | UsageProblem> {
  const { command, given } = request;
  if (!Object.hasOwn(COMMANDS, command)) {
    const names = Object.keys(COMMANDS);
    return { usage: `expected ${names.slice(0, -1).join(', ')} or ${names.at(-1)}, got ${command}` };
  }
  const wrong = given.find((name) => name !== 'json' && !COMMANDS[command].options.includes(name));
  if (wrong !== undefined) return { usage: `${command}: expected no --${wrong}, got one` };
  const { follow: carryOut, holds } = COMMANDS[command];
  const { out } = request;
  return holds === true && out !== undefined
    ? holdFolder(out, () => carryOut(request, output))
    : carryOut(request, output);
}
