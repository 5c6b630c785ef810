import type { Determinism, Params, Reference, Sampling } from './contracts.js';
import type { Budget } from './suite-schema.js';

/**
 * How a task ended. `target` its metric was reached; `done` the solver ended by itself; `stalled`, `budget`, `diverged`
 * the probe ended it; `timeout` its process took too long; `killed` its process died; `error` something threw, or the
 * solution is wrong; `skipped` the solver does not take such instances; `unsupported` it cannot run here.
 */
export type TaskStatus =
  | 'done'
  | 'target'
  | 'stalled'
  | 'budget'
  | 'timeout'
  | 'diverged'
  | 'skipped'
  | 'unsupported'
  | 'error'
  | 'killed';

/** Metric and costs of a run at the sampled iterations; row 0 is the trivial solution, the last row the final one. */
export interface Curve {
  /** Iterations done, 0, 1, ...; the number of the rung for `rerun`. */
  readonly iteration: readonly number[];
  /** Cost in the problem's unit of count; NaN when the solver does not report it. */
  readonly count: readonly number[];
  /** Seconds of the run, evaluation excluded. No part of any digest. */
  readonly seconds: readonly number[];
  /** What the run asked for, with `rerun` alone: one tolerance a row. */
  readonly tolerance?: readonly number[] | undefined;
  /** Every metric by name, one value a row. */
  readonly metrics: Readonly<Record<string, readonly number[]>>;
}

/** Seconds that parts of a task took. */
export interface TaskTimes {
  /** `setup`, >= 0. */
  readonly setup: number;
  /** The first run, sampled; with `rerun` the first run at the tolerance that passed. */
  readonly cold: number;
  /** Median of the warm runs: the time that is compared; null without warm runs. */
  readonly warm: number | null;
  /** Shortest of the warm runs, or null. */
  readonly warmMin: number | null;
  /** All evaluations by the runner, none of it charged to the solver. */
  readonly evaluate: number;
  /** Processor time of the runner's process during the cold run; a peer's own process is not in it. */
  readonly cpu: number;
  /** Garbage collection of the runner's process during all runs. */
  readonly gc: number;
}

/** The problem of a record. */
export interface RecordProblem {
  /** Name, version and digest of the parameters. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
  /** Its parameters, complete. */
  readonly params: Params;
  /** The metric that is driven to the target. */
  readonly metric: string;
  /** How figures name the metric. */
  readonly metricLabel: string;
  /** The count that is the cost axis. */
  readonly count: string;
  /** What proves the metric. */
  readonly referenceKind: Reference['kind'];
  /** SHA-256 of its sources. */
  readonly sourceDigest: string;
}

/** The data set of a record. */
export interface RecordDataset {
  /** Name, version and digest of the parameters. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
  /** Its parameters, complete. */
  readonly params: Params;
  /** Terms of use. */
  readonly licence: string;
  /** Where the data come from. */
  readonly source: string;
  /** SHA-256 of its sources. */
  readonly sourceDigest: string;
  /** SHA-256 of the data, null when they were not made. */
  readonly sha256: string | null;
  /** Lengths along each axis, when the data set tells. */
  readonly shape?: readonly number[] | undefined;
  /** Number of stored entries, when the data set tells. */
  readonly nnz?: number | undefined;
}

/** The solver of a record. */
export interface RecordSolver {
  /** Name, version and digest of the parameters. */
  readonly id: string;
  /** Its name. */
  readonly name: string;
  /** Version of its adapter. */
  readonly version: string;
  /** Its parameters, complete. */
  readonly params: Params;
  /** Name in tables and figures. */
  readonly label: string;
  /** Implementation language. */
  readonly language: string;
  /** What it promises about its bits. */
  readonly determinism: Determinism;
  /** Version of the software that it runs, or `missing`. */
  readonly packageVersion: string;
  /** Versions of the packages that its module reaches, by name. */
  readonly packages: Readonly<Record<string, string>>;
  /** Facts that it told about itself. */
  readonly details: Readonly<Record<string, string>>;
  /** Best settings of a peer and why. */
  readonly settings?: string | undefined;
  /** SHA-256 of its sources. */
  readonly sourceDigest: string;
}

/** Seeds of a task: 64 hexadecimal digits each. */
export interface TaskSeeds {
  /** Of the data: from data set and repetition. */
  readonly data: string;
  /** Of the solver: from data set, solver and repetition. */
  readonly solver: string;
}

/** SHA-256 digests of what a task computed: equal on every repeat of a deterministic solver. */
export interface TaskDigests {
  /** Of the final solution. */
  readonly solution: string;
  /** Of iterations, counts and metrics of the curve; seconds are no part. */
  readonly curve: string;
}

/** One task and what came of it: the content of `tasks/<taskKey>.json`, version 1. */
export interface TaskRecord {
  /** Version of this form, 1. */
  readonly schema: 1;
  /** SHA-256 of the task's identity. */
  readonly taskKey: string;
  /** Name of the suite that asked for it. */
  readonly suite: string;
  /** What was measured. */
  readonly problem: RecordProblem;
  /** On what. */
  readonly dataset: RecordDataset;
  /** With what. */
  readonly solver: RecordSolver;
  /** Number of the repetition, from 0. */
  readonly repetition: number;
  /** Seeds, hexadecimal. */
  readonly seeds: TaskSeeds;
  /** Value of the metric to reach, or null. */
  readonly target: number | null;
  /** Limits of one run. */
  readonly budget: Budget;
  /** Fewest warm runs, as asked for. */
  readonly warmRuns: number;
  /** Fewest seconds of warm runs, as asked for. */
  readonly warmSeconds: number;
  /** Threads that the solver may use. */
  readonly threads: number;
  /** How the curve was sampled. */
  readonly sampling: Sampling;
  /** How it ended. */
  readonly status: TaskStatus;
  /** What went wrong or why it was skipped, with the stack of an error; empty when all went well. */
  readonly message: string;
  /** Whether the final solution meets the target by the problem's own evaluation; false without a target. */
  readonly reached: boolean;
  /** `exclusive`: no other task ran at the same time. */
  readonly timing: 'exclusive' | 'shared';
  /** Digest of the environment, described in the manifest. */
  readonly environmentId: string;
  /** When the task began, ISO 8601 in UTC. */
  readonly startedAt: string;
  /** Costs of the cold run; with `rerun` those of the run that passed. */
  readonly counts: Readonly<Record<string, number>>;
  /** Seconds, or null when nothing ran. */
  readonly time: TaskTimes | null;
  /** Largest resident set of the runner's process in bytes, or null when nothing ran. */
  readonly memory: { readonly peakRss: number } | null;
  /** Metrics of the final solution, or null when nothing ran. */
  readonly final: Readonly<Record<string, number>> | null;
  /** The curve, or null when nothing ran. */
  readonly curve: Curve | null;
  /** Seconds of every warm run, in order. */
  readonly samples: readonly number[];
  /** Digests, or null when nothing ran. */
  readonly digests: TaskDigests | null;
  /** The value that metrics are relative to, where the problem has one. */
  readonly reference: Reference | null;
  /** SHA-256 of the bytes of `artifacts/<taskKey>/solution.bin`, or null when nothing ran. */
  readonly solutionFile: string | null;
  /** SHA-256 of the canonical JSON of this record without this member. */
  readonly digest: string;
}
