import { type Ledger, readLedger } from './claims.js';
import type { ComparisonRecord, PlannedComparison } from './comparison.js';
import type { Environment } from './environment.js';
import type { KernelTable } from './kernel-table.js';
import { readManifest } from './manifest.js';
import type { Plan, PlannedTask } from './plan.js';
import { hidePrivate } from './privacy.js';
import type { TaskRecord } from './record.js';
import { readComparison, readPlan, readRecord } from './results-folder.js';

import { readKernels } from './run-kernels.js';

/** A task of the plan with its record, undefined where it has not run or cannot be read. */
export interface Settled {
  /** The task. */
  readonly task: PlannedTask;
  /** Its record. */
  readonly record: TaskRecord | undefined;
}

/** A comparison of the plan with its record, undefined where it has not run or cannot be read. */
export interface SettledComparison {
  /** The comparison. */
  readonly planned: PlannedComparison;
  /** Its record. */
  readonly record: ComparisonRecord | undefined;
}

/** Everything that a report is made of. */
export interface Collection {
  /** The plan. */
  readonly plan: Plan;
  /** Its tasks in order, with their records. */
  readonly settled: readonly Settled[];
  /** Its comparisons in order, with their records. */
  readonly comparisons: readonly SettledComparison[];
  /** Its claims with what was seen, undefined when none were measured. */
  readonly ledger: Ledger | undefined;
  /** Its table of kernels, undefined when none were measured. */
  readonly kernels: KernelTable | undefined;
  /** The environments in which they ran, by id. */
  readonly environments: Readonly<Record<string, Environment>>;
  /** The command that makes the results again. */
  readonly command: string;
}

/**
 * Reads whatever is finished in a folder of results. Records that cannot be read count as absent.
 *
 * @param folder - the folder
 * @returns plan, records, environments
 * @throws InvalidInputError when the folder has no plan
 */
export async function collect(folder: string): Promise<Collection> {
  const plan = await readPlan(folder);
  const manifest = await readManifest(folder);
  const settled: Settled[] = [];
  for (const task of plan.tasks) {
    settled.push({ task, record: await readRecord(folder, task.taskKey).catch(() => undefined) });
  }
  const comparisons: SettledComparison[] = [];
  for (const planned of plan.comparisons) {
    const record = await readComparison(folder, planned.comparisonKey).catch(() => undefined);
    comparisons.push({ planned, record });
  }
  return {
    plan,
    settled,
    comparisons,
    ledger: await readLedger(folder),
    kernels: await readKernels(folder),
    environments: manifest?.environments ?? {},
    command: hidePrivate(manifest?.command ?? 'lemmata-bench run'),
  };
}
