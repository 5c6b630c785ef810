import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { InvalidInputError, type JsonValue } from '@lemmata/core';
import type { PlannedComparison } from './comparison.js';
import type { Environment } from './environment.js';
import { SOLUTION_FILE } from './execute-task.js';
import { readJson, writeJson } from './files.js';
import { readManifest, writeManifest } from './manifest.js';
import type { Plan, PlannedModule, PlannedTask } from './plan.js';
import type { TaskRecord } from './record.js';
import { openResults, readComparison, readPlan, readRecord, resultPaths, writePlan } from './results-folder.js';
import { isFailure } from './run-plan.js';

/** What a merge did. */
export interface MergeSummary {
  /** Tasks and comparisons of the joined plan. */
  readonly tasks: number;
  /** Those with a record. */
  readonly finished: number;
}

/** A folder of results that is merged. */
interface Source {
  readonly folder: string;
  readonly plan: Plan;
  readonly environments: Readonly<Record<string, Environment>>;
}

/** A record and the folder it is in. */
interface Found {
  readonly source: Source;
  readonly record: TaskRecord;
}

/**
 * Unites folders of results, such as the shards of one plan, in a new one.
 *
 * Of a task with several records the last that is no failure is kept. Records of one task whose machine-independent
 * digests differ although their solver promises equal bits are an error, and nothing is written.
 *
 * @param folder - the folder to write, which must not hold a plan
 * @param sources - the folders to unite, at least one
 * @returns how much there is
 * @throws InvalidInputError `ERR_INPUT` without sources or for a folder in use; `ERR_INCOMPATIBLE` when suites of one name
 * or records of one task differ
 */
export async function mergeResults(folder: string, sources: readonly string[]): Promise<MergeSummary> {
  const root = resolve(folder);
  if (sources.length === 0) throw new InvalidInputError('merge: expected folders to unite, got none', 'ERR_INPUT');
  if ((await readJson(resultPaths(root).plan, 'plan.json')) !== undefined) {
    throw new InvalidInputError(`${folder}: expected a folder without a plan, got one`, 'ERR_INPUT');
  }
  const read: Source[] = [];
  for (const source of sources) {
    const plan = moved(await readPlan(source), resolve(source), root);
    const manifest = await readManifest(source);
    read.push({ folder: resolve(source), plan, environments: manifest?.environments ?? {} });
  }
  const plan = unite(read);
  const keys = [...new Set(plan.tasks.map(({ taskKey }) => taskKey))];
  const kept: Found[] = [];
  const conflicts: string[] = [];
  for (const key of keys) {
    const found: Found[] = [];
    for (const source of read) {
      const record = await readRecord(source.folder, key);
      if (record !== undefined) found.push({ source, record });
    }
    conflicts.push(...conflictsOf(found));
    const chosen = lastOf(found);
    if (chosen !== undefined) kept.push(chosen);
  }
  if (conflicts.length > 0) {
    throw new InvalidInputError(
      `merge: expected equal digests where they were promised, got\n  ${conflicts.join('\n  ')}`,
      'ERR_INCOMPATIBLE',
    );
  }
  const paths = await openResults(root);
  await writePlan(root, plan);
  for (const { source, record } of kept) {
    const from = resultPaths(source.folder);
    if (record.digests !== null) {
      await mkdir(join(paths.artifacts, record.taskKey), { recursive: true });
      await copyFile(
        join(from.artifacts, record.taskKey, SOLUTION_FILE),
        join(paths.artifacts, record.taskKey, SOLUTION_FILE),
      );
    }
    await copyJson(join(from.tasks, `${record.taskKey}.json`), join(paths.tasks, `${record.taskKey}.json`));
  }
  const compared = await mergeComparisons(plan.comparisons, read, paths.comparisons);
  const environments = Object.assign({}, ...read.map((source) => source.environments));
  await writeManifest(root, plan, environments);
  await rm(paths.work, { recursive: true, force: true });
  return { tasks: keys.length + plan.comparisons.length, finished: kept.length + compared };
}

/** The plan with its paths relative to another folder. */
function moved(plan: Plan, from: string, to: string): Plan {
  const place = (file: string): string => relative(to, resolve(from, file)).split(sep).join('/');
  const module = ({ file, given, sources }: PlannedModule): PlannedModule => ({
    file: place(file),
    given,
    sources: sources.map(place),
  });
  const task = (one: PlannedTask): PlannedTask => {
    const { problem, dataset, solver } = one.modules;
    return { ...one, modules: { problem: module(problem), dataset: module(dataset), solver: module(solver) } };
  };
  return {
    schema: 1,
    suites: plan.suites.map((suite) => ({ ...suite, file: place(suite.file) })),
    tasks: plan.tasks.map(task),
    comparisons: plan.comparisons.map((one) => ({ ...one, first: task(one.first), second: task(one.second) })),
  };
}

function unite(sources: readonly Source[]): Plan {
  const suites = new Map<string, Plan['suites'][number]>();
  const tasks = new Map<string, PlannedTask>();
  const comparisons = new Map<string, PlannedComparison>();
  for (const { plan } of sources) {
    for (const suite of plan.suites) {
      const known = suites.get(suite.name) ?? suite;
      if (known.digest !== suite.digest) {
        throw new InvalidInputError(`merge: expected one suite ${suite.name}, got different ones`, 'ERR_INCOMPATIBLE');
      }
      suites.set(suite.name, known);
    }
    // Two suites may hold the same task; both show it.
    for (const task of plan.tasks) tasks.set(`${task.suite} ${task.taskKey}`, task);
    for (const comparison of plan.comparisons) comparisons.set(comparison.comparisonKey, comparison);
  }
  return {
    schema: 1,
    suites: [...suites.values()],
    tasks: [...tasks.values()],
    comparisons: [...comparisons.values()],
  };
}

/** Pairs of records that break the promise of their solver. */
function conflictsOf(found: readonly Found[]): string[] {
  const finished = found.filter(({ record }) => record.digests !== null && !isFailure(record.status));
  return finished.flatMap((one, i) =>
    finished.slice(0, i).flatMap((other) => {
      const differing = [
        one.record.dataset.sha256 === other.record.dataset.sha256 ? '' : 'data',
        one.record.digests?.solution === other.record.digests?.solution ? '' : 'solution',
        one.record.digests?.curve === other.record.digests?.curve ? '' : 'curve',
      ].filter(Boolean);
      if (differing.length === 0 || !promises(one, other)) return [];
      const { solver, dataset, taskKey } = one.record;
      return [`${solver.label}, ${dataset.id}, ${taskKey.slice(0, 12)}: ${differing.join(' and ')} differ`];
    }),
  );
}

/** Whether the solver promises equal bits where both records come from. */
function promises(one: Found, other: Found): boolean {
  const { determinism } = one.record.solver;
  const engine = ({ source, record }: Found): string | undefined => source.environments[record.environmentId]?.engine;
  if (determinism === 'R1') return one.record.environmentId === other.record.environmentId;
  if (determinism === 'R2') return engine(one) === engine(other);
  return determinism === 'R3';
}

function lastOf(found: readonly Found[]): Found | undefined {
  const done = found.filter(({ record }) => !isFailure(record.status));
  const candidates = done.length > 0 ? done : found;
  return [...candidates].sort((a, b) => (a.record.startedAt < b.record.startedAt ? -1 : 1)).at(-1);
}

async function mergeComparisons(
  comparisons: readonly PlannedComparison[],
  sources: readonly Source[],
  folder: string,
): Promise<number> {
  let merged = 0;
  for (const { comparisonKey } of comparisons) {
    const found: { file: string; startedAt: string; failed: boolean }[] = [];
    for (const source of sources) {
      const record = await readComparison(source.folder, comparisonKey);
      if (record === undefined) continue;
      const file = join(resultPaths(source.folder).comparisons, `${comparisonKey}.json`);
      found.push({ file, startedAt: record.startedAt, failed: record.status === 'failed' });
    }
    found.sort((a, b) => Number(b.failed) - Number(a.failed) || (a.startedAt < b.startedAt ? -1 : 1));
    const last = found.at(-1);
    if (last === undefined) continue;
    await copyJson(last.file, join(folder, `${comparisonKey}.json`));
    merged++;
  }
  return merged;
}

async function copyJson(from: string, to: string): Promise<void> {
  await writeJson(to, (await readJson(from, from)) as JsonValue);
}
