import { parseArgs } from 'node:util';
import { cellsOf, coverageOf } from './cells.js';
import { collect } from './collect.js';
import type { JsonObject } from './json-object.js';
import { type Output, terminalOutput } from './output.js';
import type { Plan } from './plan.js';
import { planJsonSchema } from './plan-schema.js';
import { planSuites } from './plan-suites.js';
import { recordJsonSchema } from './record-schema.js';
import { formatNamed, formatTarget } from './report/format.js';
import { readPlan, writePlan } from './results-folder.js';
import { runPlan } from './run-plan.js';
import { suiteJsonSchema } from './suite-schema.js';
import { cellsText, layOut } from './text-table.js';
import { writeReport } from './write-report.js';

/** How the command can end. */
const EXIT = { ok: 0, failedTasks: 1, usage: 2, interrupted: 130 } as const;

const HELP = `lemmata-bench <command> [--out <folder>] [--json] [suites...]

  list <suites...>                  what the suites cross, and how many tasks that is
  plan --out <folder> <suites...>   write the ordered list of tasks
  run --out <folder> [suites...]    plan (when suites are named), run what is not finished, report
  report --out <folder>             write report/index.html, summary.csv, curves.json
  schema <record|plan|suite>        print a JSON Schema

An interrupted run continues by the same command. Results go to standard output, progress to standard error.
Exit codes: 0 ok, 1 failed tasks, 2 usage, 130 interrupted.`;

/** The JSON Schemas by name. */
const SCHEMAS: Readonly<Record<string, () => JsonObject>> = {
  record: recordJsonSchema,
  plan: planJsonSchema,
  suite: suiteJsonSchema,
};

/** What the command line says. */
interface Request {
  readonly command: string;
  readonly names: readonly string[];
  readonly out: string | undefined;
  readonly json: boolean;
}

/** A command line that cannot be followed. */
interface UsageProblem {
  readonly usage: string;
}

function readRequest(args: readonly string[]): Request | UsageProblem | 'help' {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help === true) return 'help';
    const [command, ...names] = positionals;
    if (command === undefined) return { usage: 'expected a command, got none' };
    return { command, names, out: values.out, json: values.json ?? false };
  } catch (error) {
    return { usage: (error as Error).message };
  }
}

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

function follow(request: Request, output: Output): Promise<number | UsageProblem> {
  const commands: Readonly<Record<string, (request: Request, output: Output) => Promise<number | UsageProblem>>> = {
    list,
    plan,
    run,
    report,
    schema,
  };
  if (Object.hasOwn(commands, request.command)) return commands[request.command](request, output);
  return Promise.resolve({ usage: `expected list, plan, run, report or schema, got ${request.command}` });
}

async function list({ names, out, json }: Request, output: Output): Promise<number | UsageProblem> {
  if (names.length === 0) return { usage: 'list: expected suite files, got none' };
  if (out !== undefined) return { usage: 'list: expected no --out, got one' };
  output.result(showPlan(await planSuites(names, '.'), json));
  return EXIT.ok;
}

function showPlan(plan: Plan, json: boolean): string {
  const tasks = plan.tasks.map(({ suite, problem, dataset, solver, target, repetition, taskKey, unsupported }) => ({
    suite,
    problem: formatNamed(problem),
    dataset: formatNamed(dataset),
    target,
    repetition,
    solver: solver.label,
    version: solver.packageVersion,
    unsupported,
    taskKey,
  }));
  if (json) return JSON.stringify({ suites: plan.suites.map(({ name }) => name), tasks }, null, 2);
  const rows = plan.suites.flatMap(({ name }) => {
    const own = tasks.filter(({ suite }) => suite === name);
    const kinds: [string, string[]][] = [
      ['problem', own.map(({ problem }) => problem)],
      ['dataset', own.map(({ dataset }) => dataset)],
      ['target', own.map(({ target }) => formatTarget(target))],
      [
        'solver',
        own.map(
          ({ solver, version, unsupported }) =>
            `${solver} ${version}${unsupported === null ? '' : ' (cannot run here)'}`,
        ),
      ],
    ];
    return kinds.flatMap(([kind, values]) => [...new Set(values)].map((value) => [name, kind, value]));
  });
  return `${layOut(['suite', 'what', 'which'], rows)}\n${tasks.length} tasks`;
}

async function plan({ names, out, json }: Request, output: Output): Promise<number | UsageProblem> {
  if (names.length === 0) return { usage: 'plan: expected suite files, got none' };
  if (out === undefined) return { usage: 'plan: expected --out <folder>, got none' };
  const planned = await planSuites(names, out);
  await writePlan(out, planned);
  output.result(showPlan(planned, json));
  return EXIT.ok;
}

async function run({ names, out, json }: Request, output: Output): Promise<number | UsageProblem> {
  if (out === undefined) return { usage: 'run: expected --out <folder>, got none' };
  if (names.length > 0) await writePlan(out, await planSuites(names, out));
  else await readPlan(out);

  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort();
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  try {
    const summary = await runPlan(out, {
      command: ['lemmata-bench', 'run', '--out', out, ...names].join(' '),
      signal: interrupt.signal,
      onProgress: ({ event, settled, total, task, detail }) => {
        if (event === 'damaged') output.note(`record replaced: ${detail}`);
        else output.progress(`[${settled + (event === 'began' ? 1 : 0)}/${total}] ${task} ${detail}`.trimEnd());
      },
    });
    output.progressEnd();
    if (summary.interrupted) {
      output.note(
        `interrupted after ${summary.ran + summary.reused} of ${summary.tasks} tasks; the same command continues`,
      );
      return EXIT.interrupted;
    }
    output.note(`${summary.ran} tasks run, ${summary.reused} there already, ${summary.failed.length} failed`);
    await showReport(out, json, output);
    return summary.failed.length === 0 ? EXIT.ok : EXIT.failedTasks;
  } finally {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
}

async function report({ names, out, json }: Request, output: Output): Promise<number | UsageProblem> {
  if (names.length > 0) return { usage: `report: expected no suites, got ${names.join(' ')}` };
  if (out === undefined) return { usage: 'report: expected --out <folder>, got none' };
  await showReport(out, json, output);
  return EXIT.ok;
}

async function showReport(out: string, json: boolean, output: Output): Promise<void> {
  const files = await writeReport(out);
  const collection = await collect(out);
  if (!json) return output.result(`${cellsText(collection)}\n\n${files.page}`);
  const suites = collection.plan.suites.map((suite) => {
    const cells = cellsOf(collection, suite);
    return {
      suite: suite.name,
      baseline: suite.baseline,
      cells: cells.map(({ task, entries }) => ({
        problem: task.problem.id,
        dataset: task.dataset.id,
        target: task.target,
        entries: entries.map(({ settled, ...entry }) => ({ ...entry, tasks: settled.map((one) => one.task.taskKey) })),
      })),
      solvers: coverageOf(cells),
    };
  });
  output.result(JSON.stringify({ report: files.page, summary: files.summary, curves: files.curves, suites }, null, 2));
}

async function schema({ names, out }: Request, output: Output): Promise<number | UsageProblem> {
  const [name] = names;
  if (names.length !== 1 || out !== undefined || !Object.hasOwn(SCHEMAS, name)) {
    return { usage: `schema: expected one of ${Object.keys(SCHEMAS).join(', ')}, got ${names.join(' ') || 'nothing'}` };
  }
  output.result(JSON.stringify(SCHEMAS[name](), null, 2));
  return EXIT.ok;
}
