import { dirname, resolve } from 'node:path';
import { InvalidInputError } from '@lemmata/core';
import type { ComparisonRecord } from './comparison.js';
import { recordEnvironment } from './environment.js';
import { readJson } from './files.js';
import { asSignal } from './interrupt.js';
import { writeManifest } from './manifest.js';
import type { Plan } from './plan.js';
import { type ComparisonRequest, planComparison } from './plan-comparison.js';
import { planSuites } from './plan-suites.js';
import { openResults, readPlan, resultPaths, writePlan } from './results-folder.js';
import { runComparison } from './run-comparison.js';
import type { InterruptSignal } from './run-plan.js';

/** How a comparison is run. */
export interface CompareOptions {
  /** Aborting it ends the process that runs; nothing is kept. */
  readonly signal?: InterruptSignal;
  /** Told before each pair of processes: how many of how many are done. */
  readonly onPair?: (done: number, total: number) => void;
}

/**
 * Compares two solvers of a suite on one cell, in pairs of processes with a control, and keeps the record in a folder of
 * results.
 *
 * The folder may hold other results: the comparison is added to its plan, so that its report shows it.
 *
 * @param folder - folder of results, made when it is missing
 * @param suite - path of the suite file
 * @param request - cell, solvers, number of pairs
 * @param options - signal and progress
 * @returns the record, undefined when the signal ended it
 * @throws InvalidInputError when the cell or a solver is not there, `ERR_INCOMPATIBLE` when the folder holds results of
 * another suite of that name
 */
export async function compareSolvers(
  folder: string,
  suite: string,
  request: ComparisonRequest,
  options: CompareOptions = {},
): Promise<ComparisonRecord | undefined> {
  const root = resolve(folder);
  const planned = await planSuites([suite], root);
  const comparison = await planComparison(planned.tasks, request);
  const paths = await openResults(root);
  const earlier =
    (await readJson(resultPaths(root).plan, 'plan.json')) === undefined ? undefined : await readPlan(root);
  const plan = joinPlans(earlier, { ...planned, tasks: [], comparisons: [comparison] });
  await writePlan(root, plan);
  const environment = await recordEnvironment(dirname(resolve(suite)), comparison.first.threads);
  await writeManifest(root, plan, { [environment.id]: environment });
  const { onPair } = options;
  return runComparison(comparison, {
    root,
    paths,
    environmentId: environment.id,
    signal: asSignal(options.signal),
    ...(onPair === undefined ? {} : { onPair }),
  });
}

function joinPlans(earlier: Plan | undefined, added: Plan): Plan {
  if (earlier === undefined) return added;
  const [suite] = added.suites;
  const known = earlier.suites.find(({ name }) => name === suite.name);
  if (known !== undefined && known.digest !== suite.digest) {
    throw new InvalidInputError(
      `suite ${suite.name}: expected the suite that the folder has results of, got another; use another folder`,
      'ERR_INCOMPATIBLE',
    );
  }
  const keys = new Set(added.comparisons.map(({ comparisonKey }) => comparisonKey));
  return {
    schema: 1,
    suites: known === undefined ? [...earlier.suites, suite] : earlier.suites,
    tasks: earlier.tasks,
    comparisons: [...earlier.comparisons.filter(({ comparisonKey }) => !keys.has(comparisonKey)), ...added.comparisons],
  };
}
