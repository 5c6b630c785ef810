import { layOut } from '../lay-out.js';
import type { Output } from '../output.js';
import type { Plan } from '../plan.js';
import { planSuites } from '../plan-suites.js';
import { formatNamed, formatTarget } from '../report/format.js';
import { writePlan } from '../results-folder.js';
import { EXIT, type Request, type UsageProblem } from './request.js';

/** What suites cross, and how many tasks that is. */
export async function list({ names, json }: Request, output: Output): Promise<number | UsageProblem> {
  if (names.length === 0) return { usage: 'list: expected suite files, got none' };
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

/** Writes the ordered list of tasks. */
export async function plan({ names, out, json }: Request, output: Output): Promise<number | UsageProblem> {
  if (names.length === 0) return { usage: 'plan: expected suite files, got none' };
  if (out === undefined) return { usage: 'plan: expected --out <folder>, got none' };
  const planned = await planSuites(names, out);
  await writePlan(out, planned);
  output.result(showPlan(planned, json));
  return EXIT.ok;
}
