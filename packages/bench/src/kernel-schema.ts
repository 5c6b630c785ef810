import { InvalidInputError } from '@lemmata/core';
import { z } from 'zod';
import { ratioShape } from './comparison-parts.js';
import type { JsonObject } from './json-object.js';
import type { KernelTable } from './kernel-table.js';
import { digest } from './record-parts.js';
import { schemaProblem } from './schema-problem.js';

const tableShape: z.ZodType<KernelTable> = z.strictObject({
  schema: z.literal(1),
  sources: digest,
  environmentId: digest,
  rounds: z.int().min(1),
  compiler: z.string(),
  kernels: z.array(
    z.strictObject({
      name: z.string(),
      size: z.string(),
      operations: z.number().min(0),
      versions: z.array(
        z.strictObject({
          label: z.string(),
          kind: z.enum(['ours', 'twin', 'plain', 'peer', 'yardstick']),
          status: z.enum(['measured', 'unsupported', 'wrong', 'failed']),
          message: z.string(),
          seconds: z.array(z.number().positive()).describe('seconds a run, one a round'),
          ratio: ratioShape.nullable(),
        }),
      ),
    }),
  ),
  digest,
});

/**
 * Checks the data of a table of kernels.
 *
 * @param value - what `kernels.json` holds, parsed
 * @param file - its name, for the message
 * @returns the table
 * @throws InvalidInputError `ERR_FORMAT` with the place of what does not fit
 */
export function parseKernelTable(value: unknown, file: string): KernelTable {
  const result = tableShape.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidInputError(schemaProblem(file, 'a table of kernels, version 1', result.error), 'ERR_FORMAT', {
    argument: file,
  });
}

/**
 * The JSON Schema of tables of kernels, as published in `schema/kernels.v1.json`.
 *
 * @returns the schema
 */
export function kernelsJsonSchema(): JsonObject {
  return z.toJSONSchema(tableShape, { io: 'input' }) as JsonObject;
}
