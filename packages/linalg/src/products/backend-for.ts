import { type BackendChoice, requireOneOf } from '@lemmata/core';

/** Multiplications that take plain TypeScript about as long as opening an arena for WebAssembly takes. */
const FEW = 32768;

/**
 * Decides where a single product or factorisation runs: `'auto'` keeps small ones in TypeScript. The bits are the same.
 *
 * @param choice - the caller's option
 * @param multiplications - how many the work takes
 * @returns the choice for the arena
 * @throws InvalidInputError `ERR_OPTION` for an unknown choice
 */
export function backendFor(choice: BackendChoice, multiplications: number): BackendChoice {
  requireOneOf('options.backend', choice, ['auto', 'js', 'wasm']);
  return choice === 'auto' && multiplications < FEW ? 'js' : choice;
}
