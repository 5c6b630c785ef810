import type { KernelVersionKind } from './kernel-contracts.js';
import type { RatioInterval } from './pair-statistics.js';

/** A version of a kernel with its times. */
export interface KernelLine {
  /** Name of the version. */
  readonly label: string;
  /** What it is. */
  readonly kind: KernelVersionKind;
  /** `measured`; `unsupported` it cannot run here; `wrong` its result is not that of the first version; `failed`. */
  readonly status: 'measured' | 'unsupported' | 'wrong' | 'failed';
  /** What is missing or wrong; empty when it was measured. */
  readonly message: string;
  /** Seconds a run, one a round: the median of a process's samples. */
  readonly seconds: readonly number[];
  /** Its time divided by that of the first version, null when either has none. */
  readonly ratio: RatioInterval | null;
}

/** A kernel with all its versions. */
export interface KernelRow {
  /** Name of the operation. */
  readonly name: string;
  /** Its size in words. */
  readonly size: string;
  /** Floating-point operations of one run; 0 where that says nothing. */
  readonly operations: number;
  /** The versions; ratios are to the first. */
  readonly versions: readonly KernelLine[];
}

/** The kernels of a run: the content of `kernels.json`, version 1. */
export interface KernelTable {
  /** Version of this form, 1. */
  readonly schema: 1;
  /** SHA-256 of the sources of the modules, those in C included, and of the number of rounds. */
  readonly sources: string;
  /** Digest of the environment. */
  readonly environmentId: string;
  /** Number of rounds: each version ran in as many processes. */
  readonly rounds: number;
  /** Flags of the C compiler. */
  readonly compiler: string;
  /** The kernels. */
  readonly kernels: readonly KernelRow[];
  /** SHA-256 of this table without this member. */
  readonly digest: string;
}
