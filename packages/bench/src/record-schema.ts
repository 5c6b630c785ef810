import { InvalidInputError } from '@lemmata/core';
import { z } from 'zod';
import type { JsonObject } from './json-object.js';
import { losslessNumber } from './lossless-json.js';
import type { Curve, TaskRecord } from './record.js';
import {
  budgetShape,
  datasetParts,
  digest,
  problemShape,
  samplingShape,
  seedsShape,
  solverShape,
} from './record-parts.js';
import { schemaProblem } from './schema-problem.js';

const numbers = z.record(z.string(), losslessNumber);
const column = z.array(losslessNumber);
const seconds = z.number().min(0);
const statuses = [
  'done',
  'target',
  'stalled',
  'budget',
  'timeout',
  'diverged',
  'skipped',
  'unsupported',
  'error',
  'killed',
] as const;

const curveShape = z
  .strictObject({
    iteration: z.array(z.int().min(0)),
    count: column,
    seconds: z.array(seconds).describe('machine-dependent: no part of any digest'),
    tolerance: column.optional(),
    metrics: z.record(z.string(), column),
  })
  .describe('row 0 is the trivial solution, the last row the final one; all columns have the same length');

const recordShape = z.strictObject({
  schema: z.literal(1),
  taskKey: digest,
  suite: z.string(),
  problem: problemShape,
  dataset: z.strictObject({
    ...datasetParts,
    sha256: digest.nullable(),
    shape: z.array(z.int().min(0)).optional(),
    nnz: z.int().min(0).optional(),
  }),
  solver: solverShape,
  repetition: z.int().min(0),
  seeds: seedsShape,
  target: z.number().positive().nullable(),
  budget: budgetShape,
  warmRuns: z.int().min(0),
  warmSeconds: z.number().min(0),
  threads: z.int().min(1),
  sampling: samplingShape,
  status: z.enum(statuses),
  message: z.string(),
  reached: z.boolean(),
  timing: z.enum(['exclusive', 'shared']),
  environmentId: digest,
  startedAt: z.iso.datetime(),
  counts: numbers,
  time: z
    .strictObject({
      setup: seconds,
      cold: seconds,
      warm: seconds.nullable(),
      warmMin: seconds.nullable(),
      evaluate: seconds,
      cpu: seconds,
      gc: seconds,
    })
    .nullable()
    .describe('seconds'),
  memory: z
    .strictObject({ peakRss: z.number().min(0) })
    .nullable()
    .describe('bytes'),
  final: numbers.nullable(),
  curve: curveShape.nullable(),
  samples: z.array(seconds).describe('seconds of every warm run, in order'),
  digests: z.strictObject({ solution: digest, curve: digest }).nullable().describe('SHA-256'),
  reference: z
    .strictObject({ value: losslessNumber, kind: z.enum(['certified', 'best-known']), by: z.string() })
    .nullable(),
  solutionFile: digest.nullable().describe('SHA-256 of the bytes of artifacts/<taskKey>/solution.bin'),
  digest: digest.describe('SHA-256 of the canonical JSON (RFC 8785) of this record without this member'),
});

/**
 * Checks the data of a record and turns the strings of NaN, infinities and negative zero back into numbers.
 *
 * @param value - what a file of `tasks/` holds, parsed
 * @param file - its name, for the message
 * @returns the record
 * @throws InvalidInputError `ERR_FORMAT` with the place of what does not fit, also for versions newer than 1
 */
export function parseRecord(value: unknown, file: string): TaskRecord {
  const result = recordShape.safeParse(value);
  const lengths = result.success && result.data.curve !== null ? curveLengths(result.data.curve) : new Set<number>();
  if (result.success && lengths.size <= 1) return result.data;
  const message = result.success
    ? `${file}: expected columns of one length, got lengths ${[...lengths].join(', ')}`
    : schemaProblem(file, 'a task record, version 1', result.error);
  throw new InvalidInputError(message, 'ERR_FORMAT', { argument: file });
}

/**
 * Reads a curve that came as JSON data.
 *
 * @param value - the curve with strings for NaN, infinities and negative zero
 * @returns the curve with numbers
 */
export function parseCurve(value: unknown): Curve {
  return curveShape.parse(value);
}

function curveLengths(curve: z.output<typeof curveShape>): Set<number> {
  const columns = [curve.iteration, curve.count, curve.seconds, ...Object.values(curve.metrics)];
  if (curve.tolerance !== undefined) columns.push(curve.tolerance);
  return new Set(columns.map((values) => values.length));
}

/**
 * The JSON Schema of task records, as published in `schema/record.v1.json`.
 *
 * @returns the schema
 */
export function recordJsonSchema(): JsonObject {
  return z.toJSONSchema(recordShape, { io: 'input' }) as JsonObject;
}
