import type { ApproximateSettings } from '../approximate-options.js';
import type { Slices } from '../one-shot.js';
import { chooseMethod } from '../rules/cost-model.js';
import { costTable } from '../rules/cost-table.js';
import { kernelBackend } from '../rules/kernel-backend.js';
import { comparisonOf } from '../symbols/comparison.js';
import type { Matter } from '../symbols/prepare-pattern.js';
import type { Estimate } from './estimate.js';

/** Positions that are compared one by one in a slice: about 5 ms. */
const SLICE_SYMBOLS = 2_000_000;

/**
 * Tells whether counting some windows one by one costs less than an exact profile.
 *
 * @param matter - text and pattern
 * @param settings - costs and backend
 * @param shares - share of the text's symbols that each class accepts
 * @param windows - how many are to be counted
 * @returns whether it is predicted to pay
 */
export function fewEnough(
  { pattern, source }: Matter,
  settings: ApproximateSettings,
  shares: Float64Array,
  windows: number,
): boolean {
  const table = settings.costs ?? costTable(kernelBackend(settings.backend));
  const { method, costs } = chooseMethod(source.length, pattern, shares, 'auto', table);
  return windows * pattern.positions.length * table.verification <= (costs[method] as number);
}

/**
 * Counts windows one by one.
 *
 * @param matter - text and pattern
 * @param wanted - tells which
 * @param bounds - estimates and bounds, changed at their shifts
 */
export function* countWindows(
  matter: Matter,
  wanted: (shift: number) => boolean,
  { estimates, lower, upper }: Pick<Estimate, 'estimates' | 'lower' | 'upper'>,
): Slices<void> {
  const positions = matter.pattern.positions.length;
  const comparison = comparisonOf(matter);
  let symbols = 0;
  for (let i = 0; i < matter.shifts; i++) {
    if (!wanted(i)) continue;
    estimates[i] = comparison.distance(i, positions);
    lower[i] = estimates[i];
    upper[i] = estimates[i];
    symbols += positions;
    if (symbols < SLICE_SYMBOLS) continue;
    yield 'slice';
    symbols = 0;
  }
}
