import { type Backend, type BackendChoice, openArena } from '@lemmata/core';
import { LINALG_KERNELS } from '@lemmata/linalg';
import { HAMMING_KERNELS } from '../kernels/hamming-kernels.js';

/**
 * Finds out which kernels run: those of this package and the transforms of linalg.
 *
 * @param choice - what the caller asks for
 * @returns the backend
 * @throws InvalidInputError `ERR_INCOMPATIBLE` for `'wasm'` where the platform cannot
 */
export function kernelBackend(choice: BackendChoice): Backend {
  const arena = openArena({}, choice, [HAMMING_KERNELS, LINALG_KERNELS]);
  arena.dispose();
  return arena.backend;
}
