// The table of kernels: every loop that a package hands to WebAssembly, against its twin, a plain loop, peers, and C.
import type { Kernel } from '@lemmata/bench';
import { mathematicsKernels } from './mathematics.js';
import { productKernels } from './products.js';
import { sparseKernels } from './sparse.js';
import { transformKernels } from './transforms.js';
import { vectorKernels } from './vectors.js';

/** All kernels, in the order of the table. */
export const kernels: readonly Kernel[] = [
  ...mathematicsKernels,
  ...vectorKernels,
  ...sparseKernels,
  ...productKernels,
  ...transformKernels,
];
