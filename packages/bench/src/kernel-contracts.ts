/** What stands beside our kernel: the same loops in TypeScript, a naive loop, another package, or native code. */
export type KernelVersionKind = 'ours' | 'twin' | 'plain' | 'peer' | 'yardstick';

/** A kernel that is ready to run. */
export interface PreparedKernel {
  /** Does the work once, from the same state each time. */
  run(): void;
  /** What the work gave, for the check against the other versions. */
  result(): Float64Array;
}

/** A version of a kernel that runs in this engine. */
export interface KernelVersion {
  /** Name in the table, such as `WebAssembly`. */
  readonly label: string;
  /** What it is. */
  readonly kind: Exclude<KernelVersionKind, 'yardstick'>;
  /** Copies the data in and arranges them, untimed. */
  prepare(): PreparedKernel;
}

/**
 * A version of a kernel in C, compiled when it is measured: `cc -O3 -march=native`. The source includes `harness.h` of
 * its folder and is given the data as a file of float64 numbers.
 */
export interface NativeVersion {
  /** Name in the table, such as `C` or `FFTW`. */
  readonly label: string;
  /** Absolute path of the source. */
  readonly source: string;
  /** Names of the libraries it is linked with, without `-l`. */
  readonly libraries: readonly string[];
  /** What installs those libraries, such as a command of Debian; empty without libraries. */
  readonly install: string;
}

/** One kernel at one size, in all its versions. A module exports `kernels: readonly Kernel[]`. */
export interface Kernel {
  /** Name of the operation, such as `dot`. */
  readonly name: string;
  /** Its size in words, such as `n = 10 000`. */
  readonly size: string;
  /** Floating-point operations of one run, > 0; 0 where that says nothing. */
  readonly operations: number;
  /** Largest distance of a version's result from that of the first, relative to its largest entry; derived, >= 0. */
  readonly tolerance: number;
  /** Versions in this engine; the first is what the others are divided by. A `twin` has to give its bits. */
  readonly versions: readonly KernelVersion[];
  /** Versions in C. */
  readonly native: readonly NativeVersion[];
  /** The data of the native versions, one vector. */
  input(): Float64Array;
  /** Sizes that native versions are told, integers. */
  readonly sizes: readonly number[];
}
