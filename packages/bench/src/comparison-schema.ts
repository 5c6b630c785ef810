import { InvalidInputError } from '@lemmata/core';
import { z } from 'zod';
import type { ComparisonRecord } from './comparison.js';
import { ratioShape, timingShape } from './comparison-parts.js';
import type { JsonObject } from './json-object.js';
import { datasetParts, digest, problemShape, solverShape } from './record-parts.js';
import { schemaProblem } from './schema-problem.js';

const positive = z.number().positive();

const contenderShape = z.strictObject({
  solver: solverShape,
  taskKey: digest,
  seconds: z.array(positive).describe('one a pair: the fastest of the later half of the runs of a process'),
  runs: z.array(z.int().min(1)),
  solution: digest.nullable(),
});

const comparisonShape: z.ZodType<ComparisonRecord> = z.strictObject({
  schema: z.literal(1),
  comparisonKey: digest,
  suite: z.string(),
  problem: problemShape,
  dataset: z.strictObject(datasetParts),
  target: positive.nullable(),
  repetition: z.int().min(0),
  status: z.enum(['measured', 'failed', 'unsupported']),
  message: z.string(),
  order: z.literal('ABBA'),
  pairs: z.int().min(1),
  core: z.int().min(0).nullable().describe('logical core of all processes, null when they were not held to one'),
  timing: timingShape,
  first: contenderShape,
  second: contenderShape,
  control: z.strictObject({ first: z.array(positive), second: z.array(positive) }),
  findings: z
    .strictObject({
      ratio: ratioShape,
      control: ratioShape,
      detectable: positive.describe('share from which on a difference is seen'),
      verdict: z.enum(['slower', 'faster', 'no difference seen']),
    })
    .nullable()
    .describe('time of the second contender divided by that of the first'),
  environmentId: digest,
  load: z.strictObject({ before: z.number().min(0), after: z.number().min(0) }),
  startedAt: z.iso.datetime(),
  digest,
});

/**
 * Checks the data of a comparison's record.
 *
 * @param value - what a file of `comparisons/` holds, parsed
 * @param file - its name, for the message
 * @returns the record
 * @throws InvalidInputError `ERR_FORMAT` with the place of what does not fit
 */
export function parseComparison(value: unknown, file: string): ComparisonRecord {
  const result = comparisonShape.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidInputError(schemaProblem(file, 'a comparison, version 1', result.error), 'ERR_FORMAT', {
    argument: file,
  });
}

/**
 * The JSON Schema of comparison records, as published in `schema/comparison.v1.json`.
 *
 * @returns the schema
 */
export function comparisonJsonSchema(): JsonObject {
  return z.toJSONSchema(comparisonShape, { io: 'input' }) as JsonObject;
}
