import type { PlannedComparison } from './comparison.js';
import type { Params, Sampling } from './contracts.js';
import type { RecordDataset, RecordProblem, RecordSolver, TaskSeeds } from './record.js';
import type { Budget } from './suite-schema.js';

/** A module of a task and the parameters that its suite gave it. */
export interface PlannedModule {
  /** Path of the built module, relative to the folder of the plan, with `/`. */
  readonly file: string;
  /** Parameters as the suite names them. */
  readonly given: Params;
  /** Further sources, relative to the folder of the plan, with `/`. */
  readonly sources: readonly string[];
}

/** The three modules of a task. */
export interface PlannedModules {
  /** What is measured. */
  readonly problem: PlannedModule;
  /** On what. */
  readonly dataset: PlannedModule;
  /** With what. */
  readonly solver: PlannedModule;
}

/** One task of a plan. */
export interface PlannedTask {
  /** SHA-256 of the task's identity: name of its record. */
  readonly taskKey: string;
  /** Name of the suite. */
  readonly suite: string;
  /** The problem, as records hold it. */
  readonly problem: RecordProblem;
  /** The data set, as records hold it, without what is known once the data are made. */
  readonly dataset: Omit<RecordDataset, 'sha256' | 'shape' | 'nnz'>;
  /** The solver, as records hold it. */
  readonly solver: RecordSolver;
  /** Why the solver cannot run here, or null. */
  readonly unsupported: string | null;
  /** Where the three come from. */
  readonly modules: PlannedModules;
  /** Number of the repetition, from 0. */
  readonly repetition: number;
  /** Seeds, hexadecimal. */
  readonly seeds: TaskSeeds;
  /** Value of the metric to reach, or null. */
  readonly target: number | null;
  /** Limits of one run. */
  readonly budget: Budget;
  /** Seconds after which the task's process is ended. */
  readonly timeoutSeconds: number;
  /** Fewest warm runs. */
  readonly warmRuns: number;
  /** Fewest seconds of warm runs. */
  readonly warmSeconds: number;
  /** Threads that the solver may use. */
  readonly threads: number;
  /** How the curve is sampled. */
  readonly sampling: Sampling;
}

/** A suite of a plan: what its report needs beside the tasks. */
export interface PlannedSuite {
  /** Short name. */
  readonly name: string;
  /** One line for the head of the report. */
  readonly title: string;
  /** SHA-256 of the suite's data. */
  readonly digest: string;
  /** Path of the suite file, relative to the folder of the plan, with `/`. */
  readonly file: string;
  /** Label of the solver that ratios are taken against, or null. */
  readonly baseline: string | null;
  /** Number of repetitions. */
  readonly repetitions: number;
  /** What a repetition changes. */
  readonly repeat: 'data' | 'solver';
}

/** The content of `plan.json`, version 1: an ordered list of tasks. Everything after planning reads this alone. */
export interface Plan {
  /** Version of this form, 1. */
  readonly schema: 1;
  /** The suites, in the order in which they were named. */
  readonly suites: readonly PlannedSuite[];
  /** The tasks, in the order in which they run. */
  readonly tasks: readonly PlannedTask[];
  /** Pairs of solvers that run in pairs of processes once the tasks are done. */
  readonly comparisons: readonly PlannedComparison[];
}
