import type { CompletionInstance } from '../completion.js';

/** What a peer may see: no entry that is held back. */
export function shown(instance: CompletionInstance): Readonly<Record<string, unknown>> {
  const { rows, cols, rowOf, colOf, values, rank, lambda, biased, rounds } = instance;
  return { rows, cols, rowOf, colOf, values, rank, lambda, biased, rounds };
}
