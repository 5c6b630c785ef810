import type { KernelModule } from '@lemmata/core';
import { KERNELS_BASE64 } from '../generated/kernels.js';

/** The WebAssembly module of this package's loops. */
export const HAMMING_KERNELS: KernelModule = { name: '@lemmata/hamming', base64: KERNELS_BASE64 };

/** Element type of distances up to a bound, with its width in bytes. */
export interface EntryType {
  /** As arenas name it. */
  readonly kind: 'u8' | 'u16' | 'u32';
  /** Bytes of an entry. */
  readonly width: 1 | 2 | 4;
}

/**
 * The narrowest type for numbers up to a bound.
 *
 * @param bound - largest number
 * @returns the type
 */
export function entryType(bound: number): EntryType {
  if (bound <= 255) return { kind: 'u8', width: 1 };
  return bound <= 65535 ? { kind: 'u16', width: 2 } : { kind: 'u32', width: 4 };
}
