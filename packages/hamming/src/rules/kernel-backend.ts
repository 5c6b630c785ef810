import { type Backend, type BackendChoice, openArena } from '@lemmata/core';
import { LINALG_KERNELS } from '@lemmata/linalg';
import { HAMMING_KERNELS } from '../kernels/hamming-kernels.js';

/** Whether the modules have compiled; they then do so for good. */
let compiled = false;

/**
 * Finds out which kernels run: those of this package and the transforms of linalg.
 *
 * @param choice - what the caller asks for
 * @returns the backend
 * @throws InvalidInputError `ERR_INCOMPATIBLE` for `'wasm'` where the platform cannot
 */
export function kernelBackend(choice: BackendChoice): Backend {
  if (compiled && choice !== 'js') return 'wasm';
  const arena = openArena({}, choice, [HAMMING_KERNELS, LINALG_KERNELS]);
  arena.dispose();
  compiled ||= arena.backend === 'wasm';
  return arena.backend;
}
