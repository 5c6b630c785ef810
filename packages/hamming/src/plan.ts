import {
  type BackendChoice,
  DimensionError,
  requireInteger,
  requireOneOf,
  resolveOptions,
  type Settings,
} from '@lemmata/core';
import { type Choice, chooseMethod, type ExactMethod } from './rules/cost-model.js';
import { type CostTable, costTable, requireCosts } from './rules/cost-table.js';
import { kernelBackend } from './rules/kernel-backend.js';
import { openPattern, type PatternLike } from './symbols/prepare-pattern.js';

/** Which method is to run, and why. */
export interface Plan {
  /** The method with the smallest predicted cost. */
  readonly method: ExactMethod;
  /**
   * Predicted cost of every method that can run and that is not taken by name only, in nanoseconds of the table of costs,
   * in total.
   */
  readonly costs: { readonly [Method in ExactMethod]?: number };
  /** Length of the transforms, a power of 2; 0 without transforms. */
  readonly transformLength: number;
  /** Number of letters that are counted by transforms; the others are counted in another way. */
  readonly heavyLetters: number;
}

/** The methods that count heavy letters by transforms. */
const TRANSFORMING: ReadonlySet<ExactMethod> = new Set(['fft', 'heavy-light', 'las-vegas', 'deterministic']);

/**
 * Turns a choice into plain data.
 *
 * @param choice - of the cost model
 * @returns the plan
 */
export function planOf({ method, costs, size, heavy }: Choice): Plan {
  const heavyLetters = TRANSFORMING.has(method) ? heavy.length : 0;
  return { method, costs, transformLength: heavyLetters > 0 ? size : 0, heavyLetters };
}

/** What a prediction goes by. */
export interface PlanOptions {
  /** Kernels that are to run, default `'auto'`. */
  readonly backend?: BackendChoice;
  /** What operations cost, from `calibrate()`; default the table that comes with the package. */
  readonly costs?: CostTable;
}

/** The default of every option of a plan. */
const PLAN_DEFAULTS: Settings<PlanOptions, 'costs'> = Object.freeze({ backend: 'auto', costs: undefined });

/**
 * Predicts which exact method `hammingProfile` takes for a text of a given length, before there is a text.
 *
 * The costs are counted operations with fixed weights, so that the same arguments
 * give the same plan everywhere where the same kernels run. Without
 * a text its letters are taken to be as frequent as in the pattern; `hammingProfile` counts them and may choose otherwise.
 *
 * @param textLength - length n of the text, an integer >= 0
 * @param pattern - m >= 1 symbols, or a prepared pattern
 * @param options - `backend`, `costs`
 * @returns the method and the predicted costs
 * @throws DimensionError for an empty pattern
 * @throws InvalidInputError for a length that is no integer >= 0 and for anything but symbols
 * Complexity: O(m log m), without a text.
 *
 * @example
 * ```ts
 * import { plan } from '@lemmata/hamming';
 *
 * console.log(plan(1e6, 'abbabaabbaababba').method, plan(1e6, 'ab'.repeat(10000)).method); // bytes fft
 * ```
 * @see T. M. Chan, C. Jin, V. Vassilevska Williams, Y. Xu, "Faster Algorithms for Text-to-Pattern Hamming Distances",
 * FOCS 2023, for what is known of the costs in theory
 */
export function plan(textLength: number, pattern: PatternLike, options?: PlanOptions): Plan {
  const { backend, costs } = resolveOptions('plan', options, PLAN_DEFAULTS);
  requireOneOf('options.backend', backend, ['auto', 'js', 'wasm']);
  if (costs !== undefined) requireCosts('options.costs', costs);
  requireInteger('textLength', textLength);
  const opened = openPattern(pattern);
  if (textLength < opened.length) {
    throw new DimensionError(
      `textLength: expected at least ${opened.length} (the pattern's length), got ${textLength}`,
      {
        argument: 'textLength',
        expected: opened.length,
        actual: textLength,
      },
    );
  }
  const shares = Float64Array.from(opened.counts, (count) => count / opened.length);
  return planOf(chooseMethod(textLength, opened, shares, 'auto', costs ?? costTable(kernelBackend(backend))));
}
