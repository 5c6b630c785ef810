import { comparisonJsonSchema } from '../comparison-schema.js';
import type { JsonObject } from '../json-object.js';
import { kernelsJsonSchema } from '../kernel-schema.js';
import { claimsJsonSchema } from '../ledger-schema.js';
import type { Output } from '../output.js';
import { planJsonSchema } from '../plan-schema.js';
import { recordJsonSchema } from '../record-schema.js';
import { suiteJsonSchema } from '../suite-schema.js';
import { EXIT, type Request, type UsageProblem } from './request.js';

/** The JSON Schemas by name. */
const SCHEMAS: Readonly<Record<string, () => JsonObject>> = {
  record: recordJsonSchema,
  plan: planJsonSchema,
  suite: suiteJsonSchema,
  comparison: comparisonJsonSchema,
  claims: claimsJsonSchema,
  kernels: kernelsJsonSchema,
};

/** Prints a JSON Schema. */
export async function schema({ names }: Request, output: Output): Promise<number | UsageProblem> {
  const [name] = names;
  if (names.length !== 1 || !Object.hasOwn(SCHEMAS, name)) {
    return { usage: `schema: expected one of ${Object.keys(SCHEMAS).join(', ')}, got ${names.join(' ') || 'nothing'}` };
  }
  output.result(JSON.stringify(SCHEMAS[name](), null, 2));
  return EXIT.ok;
}
