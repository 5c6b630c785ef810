// Computes a live example off the main thread, so that the page answers while the solver works.
import { examples } from './examples.js';
import type { Outcome, Values } from './live-example.js';

/** What the page asks for. */
export interface Question {
  readonly id: number;
  readonly name: string;
  readonly values: Values;
}

/** What the worker answers. */
export type Answer =
  | { readonly id: number; readonly outcome: Outcome; readonly elapsedMs: number }
  | { readonly id: number; readonly error: string };

addEventListener('message', ({ data: { id, name, values } }: MessageEvent<Question>) => {
  const start = performance.now();
  try {
    const outcome = examples[name].compute(values);
    postMessage({ id, outcome, elapsedMs: performance.now() - start } satisfies Answer);
  } catch (error) {
    postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies Answer);
  }
});
