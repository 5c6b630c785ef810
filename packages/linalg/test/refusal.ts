import { expect } from 'vitest';

/** One bad input and the error it must give. */
export interface Refusal {
  readonly what: string;
  readonly value: unknown;
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The error as a caller sees it. */
export interface Caught {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The error that a call throws. */
export function caught(call: () => unknown): Caught {
  try {
    call();
  } catch (error) {
    return error as Caught;
  }
  throw new Error('expected a refusal, got none');
}

/** Compares code, class, part of the message and details. */
export function expectRefusal(error: Caught, refusal: Omit<Refusal, 'what' | 'value'>): void {
  expect(error.message).toContain(refusal.message);
  expect(error.code).toBe(refusal.code);
  expect(error.name).toBe(refusal.code === 'ERR_DIMENSION' ? 'DimensionError' : 'InvalidInputError');
  expect(error.details).toMatchObject(refusal.details ?? {});
}
