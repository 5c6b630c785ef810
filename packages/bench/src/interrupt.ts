import type { InterruptSignal } from './run-plan.js';

/** An `AbortSignal` that follows another. */
export function asSignal(signal: InterruptSignal | undefined): AbortSignal {
  const controller = new AbortController();
  if (signal?.aborted) controller.abort();
  signal?.addEventListener('abort', () => controller.abort());
  return controller.signal;
}
