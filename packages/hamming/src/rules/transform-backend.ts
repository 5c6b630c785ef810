import { type Backend, type BackendChoice, openArena } from '@lemmata/core';
import { LINALG_KERNELS } from '@lemmata/linalg';

/**
 * Finds out which kernels transforms would run on.
 *
 * @param choice - what the caller asks for
 * @returns the backend
 * @throws InvalidInputError `ERR_INCOMPATIBLE` for `'wasm'` where the platform cannot
 */
export function transformBackend(choice: BackendChoice): Backend {
  const arena = openArena({}, choice, [LINALG_KERNELS]);
  arena.dispose();
  return arena.backend;
}
