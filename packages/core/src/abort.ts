/** The part of an `AbortSignal` that solvers use; every AbortSignal fits. */
export interface AbortSignalLike {
  /** Whether the run is to end. */
  readonly aborted: boolean;
  /** Why; thrown when the signal was aborted before the call. */
  readonly reason?: unknown;
}

/**
 * Throws the reason of a signal that is aborted already.
 *
 * @param signal - the signal of the call, if any
 * @throws the signal's reason, or an Error named `AbortError` when it has none
 */
export function throwIfAborted(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted !== true) return;
  if (signal.reason !== undefined) throw signal.reason;
  const error = new Error('signal: expected a signal that is not aborted, got an aborted one without a reason');
  error.name = 'AbortError';
  throw error;
}
