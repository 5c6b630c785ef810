import type { JsonValue } from '@lemmata/core';
import { z } from 'zod';
import type { Params, Sampling } from './contracts.js';
import type { RecordProblem, RecordSolver } from './record.js';
import type { Budget } from './suite-schema.js';

/** A SHA-256 in hexadecimal. */
export const digest: z.ZodType<string> = z.string().regex(/^[0-9a-f]{64}$/);

/** Parameters. */
export const paramsShape: z.ZodType<Params> = z.record(z.string(), z.json() as z.ZodType<JsonValue>);

const texts = z.record(z.string(), z.string());

/** The members that problems, data sets and solvers share. */
const named = { id: z.string(), name: z.string(), version: z.string(), params: paramsShape, sourceDigest: digest };

/** Limits of a run. */
export const budgetShape: z.ZodType<Budget> = z.strictObject({
  maxSeconds: z.number().positive(),
  maxIterations: z.int().min(1).optional(),
  maxCount: z.number().min(1).optional(),
});

/** Seeds of a task. */
export const seedsShape: z.ZodType<{ data: string; solver: string }> = z.strictObject({ data: digest, solver: digest });

/** How a curve is sampled. */
export const samplingShape: z.ZodType<Sampling> = z.enum(['callback', 'rerun', 'once']);

/** The problem of a record. */
export const problemShape: z.ZodType<RecordProblem> = z.strictObject({
  ...named,
  metric: z.string(),
  metricLabel: z.string(),
  count: z.string(),
  referenceKind: z.enum(['certified', 'best-known']),
});

/** The members of a record's data set that are known before the data are made. */
export const datasetParts: {
  readonly [K in 'id' | 'name' | 'version' | 'licence' | 'source' | 'sourceDigest']: z.ZodType<string>;
} & { readonly params: z.ZodType<Params> } = { ...named, licence: z.string(), source: z.string() };

/** The solver of a record. */
export const solverShape: z.ZodType<RecordSolver> = z.strictObject({
  ...named,
  label: z.string(),
  language: z.string(),
  determinism: z.enum(['none', 'R1', 'R2', 'R3']),
  packageVersion: z.string(),
  packages: texts,
  details: texts,
  settings: z.string().optional(),
});
