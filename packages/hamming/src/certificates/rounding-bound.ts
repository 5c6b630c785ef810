/** Proves that a profile is exact. */
export interface ExactnessCertificate {
  /**
   * `'integers'`: only integers were added. `'rounding-bound'`: sums came from floating point transforms, and the bound
   * shows that the nearest integers are the true ones.
   */
  readonly kind: 'integers' | 'rounding-bound';
  /** Largest error that any sum can have before it is rounded, >= 0; below 1/4 always; 0 for integers. */
  readonly bound: number;
  /** Largest distance from an integer that was seen, >= 0; at most `bound`. */
  readonly residual: number;
}

/** Unit roundoff: half the distance from 1 to the next number, 2^-24 and 2^-53. */
const UNIT = { f32: 1 / 16777216, f64: 1 / 9007199254740992 } as const;

/** Error of a transform for each level, in units of `UNIT`, as `prepareFft` of linalg states it. */
const LEVEL = { f32: 2.7, f64: 4.2 } as const;

/** A quarter instead of a half: the rest stays as a margin. */
export const LARGEST_ROUNDING_BOUND = 0.25;

/**
 * Bounds the error of sums of correlations taken by real Fourier transforms.
 *
 * With eta = 2.7 u (log2(size) + 1) in f32 (4.2 u in f64), the error that `prepareRealFft` states for one transform, the
 * two transforms into the frequency domain and the one back add at most 3 eta, the products sqrt(5) u, the sum over rows
 * one u a row; all of it times the sum over rows d of |x_d| |y_d|, which bounds the sum of the spectrum's magnitudes divided
 * by the size. One percent more covers the products of errors.
 *
 * @param precision - of the transforms
 * @param size - length of the transforms, a power of 2
 * @param rows - number of correlations that are added, >= 0
 * @param norms - sum over rows of |x_d| |y_d|
 * @returns the bound for each entry
 */
export function roundingBound(precision: 'f32' | 'f64', size: number, rows: number, norms: number): number {
  const levels = 32 - Math.clz32(size);
  return 1.01 * UNIT[precision] * (3 * LEVEL[precision] * levels + rows + 3) * norms;
}

/**
 * Bounds what one more addition of an integer, whose sum is at most m, adds to that error.
 *
 * @param precision - of the sums
 * @param m - largest sum
 * @returns the bound
 */
export function additionBound(precision: 'f32' | 'f64', m: number): number {
  return 1.01 * UNIT[precision] * m;
}

/**
 * Joins what proves two parts of a result.
 *
 * @param a - of the one part
 * @param b - of the other
 * @returns the larger bound and the larger residual
 */
export function jointCertificate(a: ExactnessCertificate, b: ExactnessCertificate): ExactnessCertificate {
  const kind = a.kind === b.kind ? a.kind : 'rounding-bound';
  return { kind, bound: Math.max(a.bound, b.bound), residual: Math.max(a.residual, b.residual) };
}
