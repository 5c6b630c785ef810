import {
  InvalidInputError,
  type RunOptions,
  requireNumber,
  requireVector,
  resolveOptions,
  type Settings,
} from '@lemmata/core';
import type { ColumnGroups, GroupsLike } from './column-groups.js';
import {
  checkGroupOptions,
  GROUP_DEFAULTS,
  type GroupCommonOptions,
  type GroupState,
  RUN_DEFAULTS,
} from './group-options.js';

/** Options that single group Lassos and paths share. */
export interface GroupLassoCommonOptions extends GroupCommonOptions {
  /**
   * The groups of columns (required): the id of each column's group, n integers from 0 with no gap, or the columns of each
   * group. Every column is in one group.
   */
  readonly groups: GroupsLike;
  /**
   * Factor of each group's norm, >= 0, finite; default the square root of its number of columns. With `l1Share` 0 a group of
   * weight 0 is not penalised.
   */
  readonly weights?: ArrayLike<number>;
  /** Share of the sum of sizes of all coefficients in the penalty, in [0, 1]; the rest is that of the norms. Default 0. */
  readonly l1Share?: number;
  /**
   * A known part of the response, length m, finite, taken away from b before the fit, or added to the linear form of a
   * logistic regression; default 0.
   */
  readonly offset?: ArrayLike<number>;
}

/** Options of a single group Lasso. */
export interface GroupLassoOptions extends GroupLassoCommonOptions, RunOptions<GroupState> {
  /** Weight of the penalty, in the units of the objective per sample; >= 0. */
  readonly lambda: number;
  /** Coefficients to start from, length n, finite; default all 0. */
  readonly initial?: ArrayLike<number>;
}

type Absent =
  | 'lambda'
  | 'groups'
  | 'weights'
  | 'offset'
  | 'initial'
  | 'intercept'
  | 'sampleWeights'
  | 'signal'
  | 'onIteration';

/** The default of every option of a single fit. */
const DEFAULTS: Settings<GroupLassoOptions, Absent> = Object.freeze({
  ...GROUP_DEFAULTS,
  ...RUN_DEFAULTS,
  lambda: undefined,
  groups: undefined,
  weights: undefined,
  l1Share: 0,
  offset: undefined,
  initial: undefined,
});

/** The options of a single fit after defaults. */
export type GroupLassoSettings = typeof DEFAULTS & { readonly lambda: number; readonly groups: GroupsLike };

/**
 * Completes and checks the options of a single fit, but for what depends on the design.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range
 */
export function groupLassoSettings(entryPoint: string, options: GroupLassoOptions): GroupLassoSettings {
  const settings = resolveOptions(entryPoint, options, DEFAULTS);
  const lambda = requireNumber('options.lambda', settings.lambda, 0);
  checkGroupOptions(settings);
  requireNumber('options.l1Share', settings.l1Share, 0, 1);
  return { ...settings, lambda, groups: settings.groups as GroupsLike };
}

/**
 * Reads the weights of groups.
 *
 * @param given - the option
 * @param groups - the groups
 * @returns a weight for each
 * @throws DimensionError, InvalidInputError when they are no such vector or some weight is negative
 */
export function groupWeights(given: ArrayLike<number> | undefined, groups: ColumnGroups): Float64Array {
  const { count, starts } = groups;
  if (given === undefined) return Float64Array.from({ length: count }, (_, g) => Math.sqrt(starts[g + 1] - starts[g]));
  const weights = requireVector('options.weights', given, count, 'groups');
  const index = weights.findIndex((weight) => weight < 0);
  if (index < 0) return weights;
  throw new InvalidInputError(
    `options.weights[${index}]: expected a number >= 0, got ${weights[index]}`,
    'ERR_OPTION',
    {
      argument: `options.weights[${index}]`,
      expected: 'a number >= 0',
      actual: weights[index],
      index,
    },
  );
}
