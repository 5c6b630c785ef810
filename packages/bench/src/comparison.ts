import type { PairFindings } from './pair-statistics.js';
import type { PlannedTask } from './plan.js';
import type { RecordDataset, RecordProblem, RecordSolver } from './record.js';

/** Two solvers that are to run in pairs of processes on one cell. */
export interface PlannedComparison {
  /** SHA-256 of both tasks and of how they are timed: name of the record. */
  readonly comparisonKey: string;
  /** Name of the suite. */
  readonly suite: string;
  /** Task of the first contender, which is also the control. */
  readonly first: PlannedTask;
  /** Task of the second contender. */
  readonly second: PlannedTask;
  /** Number of pairs, an integer >= 10. */
  readonly pairs: number;
  /** How long each process times. */
  readonly timing: PairTiming;
}

/** How long a process of a pair times. */
export interface PairTiming {
  /** Fewest runs after the cold one, an integer >= 2. */
  readonly runs: number;
  /** Fewest seconds of such runs, >= 0. */
  readonly seconds: number;
}

/** A contender of a comparison, with what its processes found. */
export interface RecordContender {
  /** The solver, as task records hold it. */
  readonly solver: RecordSolver;
  /** Key of its task. */
  readonly taskKey: string;
  /** Seconds of each process: the fastest of the later half of its runs after the cold one. One a pair. */
  readonly seconds: readonly number[];
  /** Number of runs in each process, the cold one left out. */
  readonly runs: readonly number[];
  /** SHA-256 of its solution. */
  readonly solution: string | null;
}

/** What came of a comparison: the content of `comparisons/<comparisonKey>.json`, version 1. */
export interface ComparisonRecord {
  /** Version of this form, 1. */
  readonly schema: 1;
  /** SHA-256 of its identity. */
  readonly comparisonKey: string;
  /** Name of the suite. */
  readonly suite: string;
  /** What was measured. */
  readonly problem: RecordProblem;
  /** On what. */
  readonly dataset: Omit<RecordDataset, 'sha256' | 'shape' | 'nnz'>;
  /** Value of the metric to reach, or null. */
  readonly target: number | null;
  /** Number of the repetition, from 0. */
  readonly repetition: number;
  /** `measured`, or why there is nothing to compare: a process failed or missed the target, or a solver is missing. */
  readonly status: 'measured' | 'failed' | 'unsupported';
  /** What went wrong; empty when it was measured. */
  readonly message: string;
  /** Order in which the processes of the pairs ran. */
  readonly order: 'ABBA';
  /** Number of pairs asked for. */
  readonly pairs: number;
  /** The logical core that all processes were held to, null when they ran where the system put them. */
  readonly core: number | null;
  /** How long each process timed. */
  readonly timing: PairTiming;
  /** The first contender. */
  readonly first: RecordContender;
  /** The second contender. */
  readonly second: RecordContender;
  /** The control: the first contender against itself, one pair of processes after each pair of the comparison. */
  readonly control: {
    /** Seconds of the process that stands where the first contender does, one a pair. */
    readonly first: readonly number[];
    /** Seconds of the process that stands where the second does, one a pair. */
    readonly second: readonly number[];
  };
  /** Ratio, control interval and verdict; null when nothing was measured. */
  readonly findings: PairFindings | null;
  /** Digest of the environment, described in the manifest. */
  readonly environmentId: string;
  /** Load averages over one minute before and after. */
  readonly load: {
    /** When it began, >= 0. */
    readonly before: number;
    /** When it ended, >= 0. */
    readonly after: number;
  };
  /** When it began, ISO 8601 in UTC. */
  readonly startedAt: string;
  /** SHA-256 of this record without this member. */
  readonly digest: string;
}
