import { InvalidInputError } from '@lemmata/core';
import { z } from 'zod';
import type { Ledger } from './claims.js';
import type { ClaimBound } from './contracts.js';
import type { JsonObject } from './json-object.js';
import { losslessNumber } from './lossless-json.js';
import { digest } from './record-parts.js';
import { schemaProblem } from './schema-problem.js';

const boundShape: z.ZodType<ClaimBound> = z.union([
  z.strictObject({ atMost: z.number() }),
  z.strictObject({ atLeast: z.number() }),
]);

const ledgerShape = z.strictObject({
  schema: z.literal(1),
  sources: digest,
  lines: z.array(
    z.strictObject({
      id: z.string(),
      source: z.string(),
      statement: z.string(),
      workload: z.string(),
      bound: boundShape,
      seen: losslessNumber.nullable(),
      baseline: losslessNumber.nullable(),
      outcome: z.enum(['holds', 'fails', 'empty', 'error']),
      message: z.string(),
    }),
  ),
  digest,
});

/**
 * Checks the data of a ledger of claims.
 *
 * @param value - what `claims.json` holds, parsed
 * @param file - its name, for the message
 * @returns the ledger
 * @throws InvalidInputError `ERR_FORMAT` with the place of what does not fit
 */
export function parseLedger(value: unknown, file: string): Ledger {
  const result = ledgerShape.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidInputError(schemaProblem(file, 'a ledger of claims, version 1', result.error), 'ERR_FORMAT', {
    argument: file,
  });
}

/**
 * The JSON Schema of ledgers, as published in `schema/claims.v1.json`.
 *
 * @returns the schema
 */
export function claimsJsonSchema(): JsonObject {
  return z.toJSONSchema(ledgerShape, { io: 'input' }) as JsonObject;
}
