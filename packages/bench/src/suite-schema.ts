import { InvalidInputError, type JsonValue } from '@lemmata/core';
import { z } from 'zod';
import type { Params } from './contracts.js';
import type { JsonObject } from './json-object.js';
import { schemaProblem } from './schema-problem.js';

/** One module of a suite and the parameters it is given: the crossing of `params`, then each of `cells`. */
export interface SuiteEntry {
  /** Path of the built module, relative to the suite's `modules`. */
  readonly module: string;
  /** For each parameter the list of its values; all combinations are taken. */
  readonly params?: Readonly<Record<string, readonly JsonValue[]>> | undefined;
  /** Combinations named one by one. Without `params` only these are taken. */
  readonly cells?: readonly Params[] | undefined;
}

/** A solver of a suite. */
export interface SuiteSolver extends SuiteEntry {
  /** Name in tables and figures; default the solver's own name. */
  readonly label?: string | undefined;
}

/** Limits of a task. */
export interface Budget {
  /** Most seconds of one run, > 0. */
  readonly maxSeconds: number;
  /** Most iterations (calls of `tick`) of one run, an integer >= 1. */
  readonly maxIterations?: number | undefined;
  /** Most units of the problem's count in one run, >= 1. */
  readonly maxCount?: number | undefined;
}

/** Two solvers that a suite wants compared in pairs of processes on one cell. */
export interface SuitePairs {
  /** What the cell is: `problem`, `dataset`, `target`, `repetition` (default 0), parameters by name. */
  readonly cell: Params;
  /** Labels of the two solvers; the first is also the control. */
  readonly solvers: readonly [string, string];
  /** Number of pairs, an integer >= 10, default 10. */
  readonly count: number;
  /** Fewest warm runs of a process, an integer >= 2, default 6: the later half counts. */
  readonly runs: number;
  /** Fewest seconds of warm runs of a process, default 0.3. */
  readonly seconds: number;
}

/** How often a solver runs in a task. */
export interface SuiteRuns {
  /** Runs after the cold one, whose median is compared: an integer >= 0, default 3. */
  readonly warm: number;
  /** Runs go on until they have taken so many seconds together, default 0; short ones need many for an engine to settle. */
  readonly seconds: number;
}

/** A suite file, version 1: what is crossed with what, under which limits. */
export interface Suite {
  /** Address of the JSON Schema, for editors; ignored. */
  readonly $schema?: string | undefined;
  /** Version of this form, 1. */
  readonly schema: 1;
  /** Short name, kebab-case. */
  readonly name: string;
  /** One line for the head of the report. */
  readonly title: string;
  /** Folder of the built modules, relative to the suite file. */
  readonly modules: string;
  /** Base of every seed, default `0`. */
  readonly seed: string;
  /** Number of repetitions, an integer >= 1, default 1. */
  readonly repetitions: number;
  /** What a repetition changes: the data (and with it everything) or the solver's stream alone; default `data`. */
  readonly repeat: 'data' | 'solver';
  /** Values of the problem's metric to reach, each > 0 and each a task of its own; none: solvers stop by themselves. */
  readonly targets: readonly number[];
  /** How often a solver runs. */
  readonly runs: SuiteRuns;
  /** Limits of one run. */
  readonly budget: Budget;
  /** Seconds after which a task's process is ended; default 60 + 1.5 maxSeconds (5 + warm): see `defaultTimeout`. */
  readonly timeoutSeconds?: number | undefined;
  /** Threads that a solver may use, an integer >= 1, default 1. */
  readonly threads: number;
  /** Label of the solver that ratios are taken against; default none. */
  readonly baseline?: string | undefined;
  /** Cells on which two solvers are compared in pairs of processes, default none. */
  readonly pairs: readonly SuitePairs[];
  /** What is measured. */
  readonly problems: readonly SuiteEntry[];
  /** What it is measured on. */
  readonly datasets: readonly SuiteEntry[];
  /** What is measured there. */
  readonly solvers: readonly SuiteSolver[];
}

const json: z.ZodType<JsonValue> = z.json() as z.ZodType<JsonValue>;
const kebab = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const relativePath = z.string().min(1);

const entryShape = {
  module: relativePath.describe('path of the built module, relative to `modules`'),
  params: z.record(z.string(), z.array(json).min(1)).optional().describe('values of each parameter; all are crossed'),
  cells: z.array(z.record(z.string(), json)).min(1).optional().describe('combinations named one by one'),
};

const suiteShape = z.strictObject({
  $schema: z.string().optional(),
  schema: z.literal(1),
  name: kebab,
  title: z.string().min(1),
  modules: relativePath.describe('folder of the built modules, relative to this file'),
  seed: z.string().default('0'),
  repetitions: z.int().min(1).default(1),
  repeat: z.enum(['data', 'solver']).default('data'),
  targets: z.array(z.number().positive()).default([]),
  runs: z
    .strictObject({ warm: z.int().min(0), seconds: z.number().min(0).default(0) })
    .default({ warm: 3, seconds: 0 }),
  budget: z.strictObject({
    maxSeconds: z.number().positive(),
    maxIterations: z.int().min(1).optional(),
    maxCount: z.number().min(1).optional(),
  }),
  timeoutSeconds: z.number().positive().optional(),
  threads: z.int().min(1).default(1),
  baseline: z.string().optional(),
  pairs: z
    .array(
      z.strictObject({
        cell: z.record(z.string(), json),
        solvers: z.tuple([z.string(), z.string()]),
        count: z.int().min(10).default(10),
        runs: z.int().min(2).default(6),
        seconds: z.number().min(0).default(0.3),
      }),
    )
    .default([])
    .describe('cells on which two solvers are compared in ABBA pairs of processes'),
  problems: z.array(z.strictObject(entryShape)).min(1),
  datasets: z.array(z.strictObject(entryShape)).min(1),
  solvers: z.array(z.strictObject({ ...entryShape, label: z.string().min(1).optional() })).min(1),
});

/**
 * Checks the data of a suite file and fills in its defaults.
 *
 * @param value - what the file holds, parsed
 * @param file - its name, for the message
 * @returns the suite, complete
 * @throws InvalidInputError `ERR_FORMAT` with the place of what does not fit
 */
export function parseSuite(value: unknown, file: string): Suite {
  const result = suiteShape.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidInputError(schemaProblem(file, 'a suite, version 1', result.error), 'ERR_FORMAT', {
    argument: file,
  });
}

/**
 * The seconds after which a task is ended when its suite says nothing: 60 + 1.5 maxSeconds (5 + warm). The cold run, a
 * ladder of tolerances (which stops by itself after four times the budget) and the warm runs fit.
 *
 * @param suite - limits and number of warm runs
 */
export function defaultTimeout(suite: Pick<Suite, 'budget' | 'runs'>): number {
  return 60 + 1.5 * suite.budget.maxSeconds * (5 + suite.runs.warm);
}

/**
 * The JSON Schema of suite files, as published in `schema/suite.v1.json`.
 *
 * @returns the schema
 */
export function suiteJsonSchema(): JsonObject {
  return z.toJSONSchema(suiteShape, { io: 'input' }) as JsonObject;
}
