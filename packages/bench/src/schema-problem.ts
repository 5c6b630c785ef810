import type { z } from 'zod';

/**
 * Says in one line where data leave their schema.
 *
 * @param file - name of the data
 * @param expected - what it should be
 * @param error - what the schema found
 * @returns `file: expected …, got …` with the first place that does not fit
 */
export function schemaProblem(file: string, expected: string, error: z.ZodError): string {
  const [first] = error.issues;
  const place = first.path.length === 0 ? '' : ` at ${first.path.map(String).join('.')}`;
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : '';
  return `${file}: expected ${expected}, got something else${place}: ${first.message}${more}`;
}
