/** Relaxation factors 1, 1.05, ..., 1.95: the default grid of all tuners. */
export const RELAXATION_GRID: readonly number[] = Object.freeze(Array.from({ length: 20 }, (_, i) => (20 + i) / 20));
