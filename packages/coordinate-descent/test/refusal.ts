import { expect } from 'vitest';

/**
 * Expects that a call is refused with a code and a message that names the argument, what was expected and what came.
 */
export function expectRefusal(call: () => unknown, code: string, message: string): void {
  // biome-ignore lint/suspicious/noExplicitAny: whatever is thrown is looked at
  let error: any;
  try {
    call();
  } catch (caught) {
    error = caught;
  }
  expect(error?.code).toBe(code);
  expect(error.message).toContain(message);
  expect(error.message).toMatch(/: expected .*, got /);
  expect(error.details).toHaveProperty('argument');
}
