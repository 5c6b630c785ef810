import { InvalidInputError } from '@lemmata/core';
import { z } from 'zod';
import { timingShape } from './comparison-parts.js';
import type { JsonObject } from './json-object.js';
import type { Plan } from './plan.js';
import {
  budgetShape,
  datasetParts,
  digest,
  paramsShape,
  problemShape,
  samplingShape,
  seedsShape,
  solverShape,
} from './record-parts.js';
import { schemaProblem } from './schema-problem.js';

const moduleShape = z.strictObject({ file: z.string(), given: paramsShape, sources: z.array(z.string()) });

const taskShape = z.strictObject({
  taskKey: digest,
  suite: z.string(),
  problem: problemShape,
  dataset: z.strictObject(datasetParts),
  solver: solverShape,
  unsupported: z.string().nullable(),
  modules: z.strictObject({ problem: moduleShape, dataset: moduleShape, solver: moduleShape }),
  repetition: z.int().min(0),
  seeds: seedsShape,
  target: z.number().positive().nullable(),
  budget: budgetShape,
  timeoutSeconds: z.number().positive(),
  warmRuns: z.int().min(0),
  warmSeconds: z.number().min(0),
  threads: z.int().min(1),
  sampling: samplingShape,
});

const planShape = z.strictObject({
  schema: z.literal(1),
  suites: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      digest,
      file: z.string(),
      baseline: z.string().nullable(),
      repetitions: z.int().min(1),
      repeat: z.enum(['data', 'solver']),
    }),
  ),
  tasks: z.array(taskShape).describe('in the order in which they run'),
  comparisons: z
    .array(
      z.strictObject({
        comparisonKey: digest,
        suite: z.string(),
        first: taskShape,
        second: taskShape,
        pairs: z.int().min(1),
        timing: timingShape,
      }),
    )
    .describe('they run after the tasks'),
});

/**
 * Checks the data of a plan file.
 *
 * @param value - what `plan.json` holds, parsed
 * @param file - its name, for the message
 * @returns the plan
 * @throws InvalidInputError `ERR_FORMAT` with the place of what does not fit
 */
export function parsePlan(value: unknown, file: string): Plan {
  const result = planShape.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidInputError(schemaProblem(file, 'a plan, version 1', result.error), 'ERR_FORMAT', { argument: file });
}

/**
 * The JSON Schema of plan files, as published in `schema/plan.v1.json`.
 *
 * @returns the schema
 */
export function planJsonSchema(): JsonObject {
  return z.toJSONSchema(planShape, { io: 'input' }) as JsonObject;
}
