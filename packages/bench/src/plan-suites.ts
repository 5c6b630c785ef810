import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestJson, InvalidInputError, type JsonValue } from '@lemmata/core';
import type { PlannedComparison } from './comparison.js';
import type { Params, Solver } from './contracts.js';
import { readJson } from './files.js';
import { deriveSeed, idOf, taskKey } from './identity.js';
import { type Definitions, loadDefinition } from './load-module.js';
import { listParams } from './params.js';
import type { Plan, PlannedModule, PlannedSuite, PlannedTask } from './plan.js';
import { planComparison } from './plan-comparison.js';
import { hidePrivate } from './privacy.js';
import type { RecordProblem, RecordSolver } from './record.js';
import { type SourceDigest, sourceDigest } from './source-digest.js';
import { defaultTimeout, parseSuite, type Suite, type SuiteEntry } from './suite-schema.js';

/** A module of a suite with the parameters of one cell, loaded. */
interface Loaded<K extends keyof Definitions> {
  readonly definition: Definitions[K];
  readonly id: string;
  readonly module: PlannedModule;
  readonly sources: SourceDigest;
}

/** A loaded solver with what it says about itself. */
type LoadedSolver = Loaded<'solver'> & { readonly record: RecordSolver; readonly unsupported: string | null };

/**
 * All combinations of an entry: the crossing of its `params`, the last name varying fastest, then its `cells`.
 *
 * @param entry - module, values, cells
 * @returns at least one combination: the empty one when the entry names nothing
 */
export function combinations(entry: SuiteEntry): Params[] {
  let crossed: Params[] = entry.params === undefined && entry.cells !== undefined ? [] : [{}];
  for (const [name, values] of Object.entries(entry.params ?? {})) {
    crossed = crossed.flatMap((params) => values.map((value) => ({ ...params, [name]: value })));
  }
  return [...crossed, ...(entry.cells ?? [])];
}

/**
 * Plans suites: loads their modules, asks peers for their versions, digests sources, and lists every task in order.
 *
 * Tasks are ordered by suite, problem, data set, repetition, target and last by solver, so that contenders for a cell
 * run one after the other. Modules are looked for in the suite's `modules` folder, relative to the suite file.
 *
 * @param files - paths of suite files
 * @param folder - folder of the results: paths in the plan are relative to it
 * @returns the plan, equal for equal sources, suites and peers
 * @throws InvalidInputError when a suite, a module or a parameter is not what it has to be
 */
export async function planSuites(files: readonly string[], folder: string): Promise<Plan> {
  const suites: PlannedSuite[] = [];
  const tasks: PlannedTask[] = [];
  const comparisons: PlannedComparison[] = [];
  for (const file of files) {
    const data = await readJson(file, file);
    if (data === undefined) throw new InvalidInputError(`${file}: expected a suite file, got none`, 'ERR_INPUT');
    const suite = parseSuite(data, file);
    if (suites.some(({ name }) => name === suite.name)) {
      throw new InvalidInputError(`${file}: expected suites of different names, got ${suite.name} twice`, 'ERR_INPUT');
    }
    const planned = await planSuite(suite, resolve(file), resolve(folder));
    tasks.push(...planned);
    for (const { count, runs, seconds, ...chosen } of suite.pairs) {
      comparisons.push(await planComparison(planned, { ...chosen, pairs: count, timing: { runs, seconds } }));
    }
    suites.push({
      name: suite.name,
      title: suite.title,
      digest: await digestJson(data as JsonValue),
      file: portable(resolve(folder), resolve(file)),
      baseline: suite.baseline ?? null,
      repetitions: suite.repetitions,
      repeat: suite.repeat,
    });
  }
  return { schema: 1, suites, tasks, comparisons };
}

function portable(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/');
}

async function planSuite(suite: Suite, file: string, folder: string): Promise<PlannedTask[]> {
  const base = join(dirname(file), suite.modules);
  const load = async <K extends keyof Definitions>(kind: K, entry: SuiteEntry): Promise<Loaded<K>[]> => {
    const path = join(base, entry.module);
    return Promise.all(
      combinations(entry).map(async (given) => {
        const definition = await loadDefinition(kind, path, given);
        const extra = (definition as Partial<Solver>).sources ?? [];
        const paths = extra.map((source) => (source.startsWith('file:') ? fileURLToPath(source) : resolve(source)));
        return {
          definition,
          id: await idOf(definition),
          module: { file: portable(folder, path), given, sources: paths.map((source) => portable(folder, source)) },
          sources: await sourceDigest(path, paths),
        };
      }),
    );
  };
  const loadAll = async <K extends keyof Definitions>(kind: K, entries: readonly SuiteEntry[]): Promise<Loaded<K>[]> =>
    (await Promise.all(entries.map((entry) => load(kind, entry)))).flat();

  const problems = await loadAll('problem', suite.problems);
  const datasets = await loadAll('dataset', suite.datasets);
  const solvers = await loadSolvers(suite, (entry) => load('solver', entry));
  const targets = suite.targets.length === 0 ? [null] : suite.targets;
  const tasks: PlannedTask[] = [];
  for (const problem of problems) {
    for (const dataset of datasets) {
      for (let repetition = 0; repetition < suite.repetitions; repetition++) {
        for (const target of targets) {
          for (const solver of solvers)
            tasks.push(await planTask({ suite, problem, dataset, solver, repetition, target }));
        }
      }
    }
  }
  return tasks;
}

async function loadSolvers(
  suite: Suite,
  load: (entry: SuiteEntry) => Promise<Loaded<'solver'>[]>,
): Promise<LoadedSolver[]> {
  const solvers: LoadedSolver[] = [];
  for (const entry of suite.solvers) {
    const loaded = await load(entry);
    for (const one of loaded) {
      const { definition: solver, module } = one;
      if (solver.sampling === 'rerun' && suite.targets.length === 0) {
        throw new InvalidInputError(
          `suite ${suite.name}: expected targets (solver ${solver.name} samples by rerun), got none`,
          'ERR_INCOMPATIBLE',
        );
      }
      const label = (entry.label ?? solver.name) + (loaded.length > 1 ? ` (${listParams(module.given)})` : '');
      if (solvers.some(({ record }) => record.label === label)) {
        throw new InvalidInputError(`suite ${suite.name}: expected labels to differ, got ${label} twice`, 'ERR_INPUT');
      }
      const identity = await solver.identify?.();
      solvers.push({
        ...one,
        unsupported: identity?.unsupported === undefined ? null : hidePrivate(identity.unsupported),
        record: {
          id: one.id,
          name: solver.name,
          version: solver.version,
          params: solver.params,
          label,
          language: solver.language,
          determinism: solver.determinism,
          packageVersion: identity?.version ?? solver.version,
          packages: one.sources.packages,
          details: Object.fromEntries(
            Object.entries(identity?.details ?? {}).map(([name, value]) => [name, hidePrivate(value)]),
          ),
          settings: solver.settings,
          sourceDigest: one.sources.digest,
        },
      });
    }
  }
  if (suite.baseline !== undefined && !solvers.some(({ record }) => record.label === suite.baseline)) {
    const labels = solvers.map(({ record }) => record.label).join(', ');
    throw new InvalidInputError(
      `suite ${suite.name}, baseline: expected the label of a solver (${labels}), got ${suite.baseline}`,
      'ERR_INPUT',
    );
  }
  return solvers;
}

/** A task before it has a key. */
interface Cell {
  readonly suite: Suite;
  readonly problem: Loaded<'problem'>;
  readonly dataset: Loaded<'dataset'>;
  readonly solver: LoadedSolver;
  readonly repetition: number;
  readonly target: number | null;
}

async function planTask({ suite, problem, dataset, solver, repetition, target }: Cell): Promise<PlannedTask> {
  const dataRepetition = suite.repeat === 'data' ? repetition : 0;
  const seeds = {
    data: await deriveSeed(suite.seed, 'data', dataset.id, dataRepetition),
    solver: await deriveSeed(suite.seed, 'solver', dataset.id, solver.id, repetition),
  };
  const timeoutSeconds = suite.timeoutSeconds ?? defaultTimeout(suite);
  const key = await taskKey({
    problemId: problem.id,
    datasetId: dataset.id,
    solverId: solver.id,
    softwareVersion: solver.record.packageVersion + (solver.unsupported === null ? '' : ', unsupported'),
    repetition,
    seeds,
    target,
    budget: Object.fromEntries(Object.entries(suite.budget).filter(([, limit]) => limit !== undefined)),
    timeoutSeconds,
    warmRuns: suite.runs.warm,
    warmSeconds: suite.runs.seconds,
    threads: suite.threads,
    sources: { problem: problem.sources.digest, dataset: dataset.sources.digest, solver: solver.sources.digest },
  });
  const { metric, metricLabel = metric, count, referenceKind } = problem.definition;
  const problemRecord: RecordProblem = { ...described(problem), metric, metricLabel, count, referenceKind };
  const { licence, source } = dataset.definition;
  return {
    taskKey: key,
    suite: suite.name,
    problem: problemRecord,
    dataset: { ...described(dataset), licence, source },
    solver: solver.record,
    unsupported: solver.unsupported,
    modules: { problem: problem.module, dataset: dataset.module, solver: solver.module },
    repetition,
    seeds,
    target,
    budget: suite.budget,
    timeoutSeconds,
    warmRuns: suite.runs.warm,
    warmSeconds: suite.runs.seconds,
    threads: suite.threads,
    sampling: solver.definition.sampling,
  };
}

function described({
  definition,
  id,
  sources,
}: Loaded<'problem' | 'dataset'>): Pick<RecordProblem, 'id' | 'name' | 'version' | 'params' | 'sourceDigest'> {
  const { name, version, params } = definition;
  return { id, name, version, params, sourceDigest: sources.digest };
}
