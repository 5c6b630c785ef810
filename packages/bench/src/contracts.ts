import type { JsonValue } from '@lemmata/core';

/** Parameters of a problem, a data set or a solver: JSON data by name. They enter its identity. */
export type Params = Readonly<Record<string, JsonValue>>;

/** What every problem, data set and solver says about itself. Its id is name, version and a digest of `params`. */
export interface Named {
  /** Short name, kebab-case, unique among its kind. */
  readonly name: string;
  /** Version of this definition: raise it when results are no longer comparable. */
  readonly version: string;
  /** All parameters with their values, defaults included: what {@link readParams} returned. */
  readonly params: Params;
}

/** What a data set is given to make its data. */
export interface DatasetContext {
  /** Seed of the data, hexadecimal: from data set and repetition, never from the solver. */
  readonly seed: string;
}

/**
 * Makes an instance's data from parameters and a seed. A module exports `dataset(params: Params): Dataset<D>`.
 *
 * `D` is a tree: plain objects whose leaves are typed arrays and JSON data, so that it has a digest.
 */
export interface Dataset<D = unknown> extends Named {
  /** Under which terms the data may be used, such as `CC0` or `generated`. */
  readonly licence: string;
  /** Where the data come from: a citation, an address, or how they are made. */
  readonly source: string;
  /** Makes the data: the same bits for the same parameters and seed. */
  generate(context: DatasetContext): D | Promise<D>;
  /** Size of the data as the report prints it; `nnz` counts stored entries where there are fewer than the shape's. */
  describe?(data: D): DataSize;
}

/** Size of an instance's data. */
export interface DataSize {
  /** Lengths along each axis, such as `[rows, columns]`. */
  readonly shape: readonly number[];
  /** Number of stored entries, for sparse data. */
  readonly nnz?: number;
}

/** Value that solutions are measured against. */
export interface Reference {
  /** The value, in the unit of the problem's value. */
  readonly value: number;
  /** `certified` when it is proved, `best-known` when it is the best of many runs. */
  readonly kind: 'certified' | 'best-known';
  /** Who or what found it. */
  readonly by: string;
}

/**
 * Says what is measured; knows nothing of solvers. A module exports `problem(params: Params): Problem<D, I, S>`.
 *
 * Every metric is computed here, in float64, from the returned solution: nothing a solver says about itself counts.
 * Metrics are better when smaller. `I` and `S` are trees of plain objects, typed arrays and JSON data.
 */
export interface Problem<D = unknown, I = unknown, S = unknown> extends Named {
  /** Which entry of `evaluate` is driven down to the target and drawn in figures. */
  readonly metric: string;
  /** How figures and tables name that metric, such as `relative duality gap`; default the metric's own name. */
  readonly metricLabel?: string;
  /** Which entry of a solver's `counts()` is the cost axis of figures, such as `columnTouches`. */
  readonly count: string;
  /** What proves the metric, for captions: `certified` when the metric bounds the error, `best-known` otherwise. */
  readonly referenceKind: Reference['kind'];
  /** Makes the instance that solvers get. May share arrays with `data`. */
  load(data: D): I;
  /** Computes every metric of a solution. Pure: writes to neither argument. */
  evaluate(instance: I, solution: S): Readonly<Record<string, number>>;
  /** The value that metrics are relative to, where it is not part of the metric; stored with the result. */
  reference?(instance: I): Reference;
  /** A feasible solution that costs nothing, such as zero: row 0 of every curve, and what divergence is measured against. */
  trivialSolution(instance: I): S;
  /** Throws when the final solution is infeasible or wrong; its message becomes the record's. */
  verify(instance: I, solution: S): void;
}

/** What a solver is given before it runs. */
export interface SolverContext {
  /** Seed of the solver, hexadecimal: from data set, solver and repetition. */
  readonly seed: string;
  /** Value of the metric to reach, or undefined when the suite sets none. */
  readonly target: number | undefined;
  /** Threads that a solver may use. */
  readonly threads: number;
  /** Most seconds that one run may take. */
  readonly maxSeconds: number;
  /** Folder for a solver's own files, empty at first and removed after the task. */
  readonly folder: string;
}

/** Where a solver that times itself stands, for {@link Probe.tick}. */
export interface OwnSample {
  /** Iterations done, an integer >= 1 that grows from sample to sample. */
  readonly iteration: number;
  /** Seconds of its own monotonic clock since the run began, writing this sample excluded. */
  readonly seconds: number;
}

/** What a run reports to. */
export interface Probe {
  /**
   * What this run has to ask for, in the unit of the metric: a rung of the ladder for `sampling: 'rerun'`, else the
   * target; undefined when there is no target.
   */
  readonly tolerance: number | undefined;
  /**
   * Called once per iteration, after `solution()` and `counts()` became current. It stops the clock, decides whether
   * this iteration is sampled, evaluates, and starts the clock again: evaluating is never charged to the solver.
   *
   * @param own - only from solvers that time themselves: such a call is always sampled
   * @returns false when the run must end
   */
  tick(own?: OwnSample): boolean;
}

/** How a curve comes about: by `tick`, by runs to ever smaller tolerances, or as its two ends alone. */
export type Sampling = 'callback' | 'rerun' | 'once';

/**
 * For which machines a solver promises the same bits: `R1` same machine and engine, `R2` same engine on any processor,
 * `R3` any engine, `none` nothing.
 */
export type Determinism = 'none' | 'R1' | 'R2' | 'R3';

/** Which software a solver runs. */
export interface SolverIdentity {
  /** Version of the software, or `missing`. Part of the task key. */
  readonly version: string;
  /** Why it cannot run here and what would make it run, such as an install command. Its tasks become `unsupported`. */
  readonly unsupported?: string;
  /** Facts worth printing, such as the BLAS in use. */
  readonly details?: Readonly<Record<string, string>>;
}

/**
 * Adapts one of our packages or a peer. A module exports `solver(params: Params): Solver<I, S>`.
 *
 * Only `run` is timed, and it covers everything from the public call on: conversions, norms, copies. `setup` is for
 * reading and for bringing the data into the solver's best input order. `run` is called several times after one
 * `setup`: each call starts from nothing and must not reuse what an earlier call computed.
 */
export interface Solver<I = unknown, S = unknown> extends Named {
  /** Implementation language, such as `TypeScript` or `Python`. */
  readonly language: string;
  /** How its curve is sampled; `rerun` needs a suite with targets. */
  readonly sampling: Sampling;
  /** What it promises about its bits. With anything but `none`, runs that differ are an error. */
  readonly determinism: Determinism;
  /** Files beyond the module's own imports that decide what runs, as paths or `file:` addresses: part of the task key. */
  readonly sources?: readonly string[];
  /** Best settings of a peer and why, in one sentence, for the report. */
  readonly settings?: string;
  /** Finds the version of the software it runs; called when a run is planned. Default: the packages it imports. */
  identify?(): SolverIdentity | Promise<SolverIdentity>;
  /** Whether it solves this instance; a skip is recorded with its reason. */
  supports(instance: I): true | { readonly skip: string };
  /** Reads and arranges the instance, once, untimed. */
  setup(instance: I, context: SolverContext): void | Promise<void>;
  /** Solves, timed. */
  run(probe: Probe): void | Promise<void>;
  /** The current solution: after `run`, and within `tick`. It is read at once; later runs may overwrite it. */
  solution(): S;
  /** Machine-independent costs of the current run, such as oracle calls, matrix-vector products, column touches. */
  counts(): Readonly<Record<string, number>>;
  /** Seconds of the last run by the solver's own clock, for solvers that work in another process. */
  ownSeconds?(): number;
  /** Releases what `setup` opened. */
  dispose?(): void | Promise<void>;
}

/** What a measured number has to keep to. */
export type ClaimBound = { readonly atMost: number } | { readonly atLeast: number };

/**
 * A statement on an algorithm that can be measured in counts, without a clock. A module exports
 * `claims: readonly Claim[]`. What was seen is never part of the source.
 */
export interface Claim {
  /** Short name, kebab-case, unique among the claims of a package. */
  readonly id: string;
  /** Where the bound is written: a formula, or a line of a specification or paper. Written before it is measured. */
  readonly source: string;
  /** The claim in one sentence. */
  readonly statement: string;
  /** On what it is measured. */
  readonly workload: string;
  /** The bound. */
  readonly bound: ClaimBound;
  /** Measures the number: the same on every machine. */
  measure(): number | Promise<number>;
  /** The same measurement with the algorithm replaced by its baseline: a claim that this keeps says nothing. */
  measureBaseline?(): number | Promise<number>;
}
