import {
  checkRunOptions,
  InvalidInputError,
  type RunOptions,
  refusal,
  requireInteger,
  requireNumber,
  requireOneOf,
  resolveOptions,
  type Settings,
  seedString,
} from '@lemmata/core';
import type { GroupsLike } from '../groups/column-groups.js';
import type { SmoothFunction } from './functions/smooth-function.js';
import type { BlockOracle } from './oracle.js';
import { PARTITIONS, type PartitionKind } from './partition.js';
import { FOREST_RULES, isGreedy, SELECTIONS, type SelectionRule } from './selection/selection.js';
import type { Separable } from './separable.js';
import { UPDATES, type UpdateRule } from './updates/update.js';

/** The penalty lambda sum_g weight_g |x_g| of groups of variables, |.| being the Euclidean norm. */
export interface GroupNorms {
  /** The id of each variable's group, integers from 0 with no gap, or the variables of each group: each in one of them. */
  readonly groups: GroupsLike;
  /** Weight of the penalty, finite, >= 0. */
  readonly lambda: number;
  /** Factor of each group's norm, finite, >= 0; default the square root of its number of variables. */
  readonly weights?: ArrayLike<number>;
}

/**
 * Minimise F(x) = f(x) + sum_i t_i |x_i| subject to lower_i <= x_i <= upper_i, or F(x) = f(x) + sum_i t_i |x_i| +
 * lambda sum_g weight_g |x_g| with norms of groups.
 */
export interface BlockProblem {
  /** f. */
  readonly smooth: SmoothFunction;
  /** t: a number for all variables or one each (length n), finite, >= 0; default 0. */
  readonly l1?: number | ArrayLike<number>;
  /** Smallest values: a number for all or one each (length n); default -Infinity. */
  readonly lower?: number | ArrayLike<number>;
  /** Largest values: a number for all or one each (length n), not below the smallest; default Infinity. */
  readonly upper?: number | ArrayLike<number>;
  /** Norms of groups, not together with bounds: blocks are then made of whole groups; default none. */
  readonly groupNorms?: GroupNorms;
}

/** One live object, updated in place after every block. */
export interface BlockState {
  /** Blocks updated; 0 is the start. */
  iteration: number;
  /** F at x. */
  objective: number;
  /** Largest L_i |x_i - prox of a step of 1 / L_i|, as last looked at: 0 at a minimiser; >= 0. */
  stationarity: number;
  /** F is at most so far above its minimum, as last looked at; Infinity where nothing proves it. */
  gap: number;
  /** Variables of x that are not 0, a count. */
  nonzeros: number;
  /** Products or updates with one column or row of the data so far, a count. */
  columnTouches: number;
  /** The point, length n; the same array every time, the run's own: not to be written to. */
  readonly x: Float64Array;
  /** The block updated last, rising; empty at the start. */
  block: Int32Array;
}

/** Names of the numbers of a {@link BlockState} that a history keeps. */
export type BlockColumn = 'objective' | 'stationarity' | 'gap' | 'nonzeros' | 'columnTouches';

/** Options of `minimize`. */
export interface MinimizeOptions extends RunOptions<BlockState> {
  /**
   * Variables of a block, an integer in [1, n]; with norms of groups, groups of a block; default 1. With a partition of your
   * own it is that of the blocks.
   */
  readonly blockSize?: number;
  /**
   * `'variable'` (default): a new block every time. Fixed blocks: `'order'` as variables come, `'random'`, `'sort'` by L_i,
   * `'avg'` small L_i with large ones, `'hsort'` and `'havg'` by sums of rows of the Hessian's bound; or lists of indices
   * that cover every variable once, with norms of groups in whole groups, such as those of `treePartition`. `'forest'`, for
   * `quadratic`, `pairwise` and `pairwiseTerms`: a new block every time, grown along the order of `selection` as long as its
   * graph has no cycle.
   */
  readonly partition?: PartitionKind | readonly ArrayLike<number>[];
  /**
   * How the next block is chosen; default `'gs-q'` with a penalty or bounds, `'gsd'` without.
   *
   * - `'cyclic'` one pass after the other (over variable blocks along a random order), `'perm'` in a new order each pass,
   *   `'random'` each block alike, `'lipschitz'` with probabilities that go with L_b
   * - the largest of: `'gs'` |g_b|^2, `'gsl'` |g_b|^2 / L_b, `'gsd'` sum of g_i^2 / D_i, `'gsq'` g_b' H_b^-1 g_b; for variable
   *   blocks `'gsl'` takes L_i instead of L_b, and `'gsq'` is approximated: see `gsqMethod`
   * - `'gsc'` the largest sum of decreases of cubic models along each variable, with second derivatives at x; for functions
   *   with third-order constants (`leastSquares`, `quadratic`, `logistic`, `softmax`), and a pass over the data for each block
   * - `'mi'` the largest decrease of F itself: every block is minimised over before one is chosen, which takes as long as
   *   an exact update of all of them; of variable blocks of more than one variable it tries those that the other rules choose
   * - with a penalty or bounds, the largest sums of: `'gs-s'` squares of least subgradients, `'gs-r'` squares of proximal
   *   steps, `'gs-q'` decreases of the model with D_i; with norms of groups, sums over groups, whose steps are those of
   *   1 / L_g, L_g the largest eigenvalue of the bound on the group
   */
  readonly selection?: SelectionRule;
  /**
   * What happens to the block; a penalty and bounds enter by their prox. Default `'two-metric'` with a penalty or bounds,
   * `'matrix'` without and with norms of groups, `'gradient'` for functions that give no block of a Hessian.
   *
   * - `'gradient'` step -g_b / L_b; `'estimated'` the same with an L_b that doubles until it suffices; `'diagonal'` -g_i / D_i
   * - `'matrix'` to the minimiser of the model with the bound H_b; `'newton'` the same with the Hessian and a line search;
   *   `'exact'` to the minimiser of F over the block
   * - `'cubic'` cubic-regularised Newton, without penalty and bounds
   * - `'two-metric'` Newton on the variables that may move, projected; not with norms of groups
   * - `'message-passing'` the matrix update for blocks of a `quadratic` whose graph is a forest, in time of its edges, and the
   *   Newton update for those of functions of pairs; the default with partition `'forest'`
   */
  readonly update?: UpdateRule;
  /**
   * D_i with diag(D_b) >= H_b for every block: `'tau-lipschitz'` (default) blockSize L_i (L_g with norms of groups),
   * `'row-sum'` sum of |H_ij| over j, `'top-row-sum'` H_ii and the largest others, as many as a block may have. The last
   * two compute all of H once.
   */
  readonly majorizer?: 'tau-lipschitz' | 'row-sum' | 'top-row-sum';
  /** How `'gsq'` chooses variable blocks: `'omp'` (default) forward greed, `'iht'` ten steps of hard thresholding. */
  readonly gsqMethod?: 'omp' | 'iht';
  /**
   * How many variables, groups, or fixed blocks, a greedy rule chooses among, drawn anew every time: an integer from
   * `blockSize`, or 1 for fixed blocks, up to as many as there are; default all. The gradient is kept up to date in full
   * all the same: this spares the work on blocks, which `'gsq'` and `'mi'` have most of.
   */
  readonly sample?: number;
  /** Where to start, length n, finite, within the bounds; default the point nearest to 0. */
  readonly initial?: ArrayLike<number>;
  /**
   * Converged once the gap is at most this share of F at the point nearest to 0 (of the gap there, where F is 0) or, where no gap is to be had,
   * stationarity at most this share of that there; >= 0, default 1e-6.
   */
  readonly tolerance?: number;
  /** Seed of draws; default 0. */
  readonly seed?: number | string;
}

type Absent = 'sample' | 'initial' | 'signal' | 'onIteration' | 'selection' | 'update';

/** The default of every option of `minimize`. */
export const MINIMIZE_DEFAULTS: Settings<MinimizeOptions, Absent> = Object.freeze({
  blockSize: 1,
  partition: 'variable',
  selection: undefined,
  update: undefined,
  majorizer: 'tau-lipschitz',
  gsqMethod: 'omp',
  sample: undefined,
  initial: undefined,
  tolerance: 1e-6,
  seed: 0,
  maxIterations: 100000,
  timeLimitMs: Infinity,
  signal: undefined,
  onIteration: undefined,
  historyEvery: 1,
});

/** The options after defaults. */
export type MinimizeSettings = typeof MINIMIZE_DEFAULTS;

/**
 * Completes and checks options, but for what depends on the problem.
 *
 * @param entryPoint - name of the function that takes them, for messages
 * @param options - what the caller gave
 * @returns every option
 * @throws InvalidInputError `ERR_OPTION` for unknown keys and values out of range, `ERR_INCOMPATIBLE` for options that
 * exclude each other
 */
export function minimizeSettings(entryPoint: string, options: MinimizeOptions | undefined): MinimizeSettings {
  const settings = resolveOptions(entryPoint, options, MINIMIZE_DEFAULTS);
  checkRunOptions(settings);
  requireInteger('options.blockSize', settings.blockSize, 1);
  if (settings.partition === 'forest' && options?.blockSize !== undefined) {
    throw incompatible('options.blockSize', "it left out with partition 'forest'", settings.blockSize);
  }
  if (!Array.isArray(settings.partition)) requireOneOf('options.partition', settings.partition, PARTITIONS);
  else if (options?.blockSize !== undefined) {
    throw incompatible('options.blockSize', 'it left out with a partition of your own', settings.blockSize);
  }
  if (settings.selection !== undefined) requireOneOf('options.selection', settings.selection, SELECTIONS);
  if (settings.update !== undefined) requireOneOf('options.update', settings.update, UPDATES);
  requireOneOf('options.majorizer', settings.majorizer, ['tau-lipschitz', 'row-sum', 'top-row-sum']);
  requireOneOf('options.gsqMethod', settings.gsqMethod, ['omp', 'iht']);
  if (settings.sample !== undefined) requireInteger('options.sample', settings.sample, 1);
  requireNumber('options.tolerance', settings.tolerance, 0);
  seedString(settings.seed);
  return settings;
}

/**
 * Chooses the rule and the update that were left out, and refuses pairs that do not go together.
 *
 * @param settings - the options
 * @param separable - the penalty and the bounds
 * @param abilities - what the function gives
 * @returns both
 * @throws InvalidInputError `ERR_INCOMPATIBLE`
 */
export function chooseParts(
  settings: MinimizeSettings,
  { isZero, units }: Separable,
  { bounded, curved, graph, thirdOrder }: Pick<BlockOracle, 'bounded' | 'curved' | 'graph' | 'thirdOrder'>,
): { readonly selection: SelectionRule; readonly update: UpdateRule } {
  const composite = !isZero;
  const grouped = !units.single;
  if (settings.partition === 'forest') return chooseForForests(settings, composite, graph !== undefined);
  const selection = settings.selection ?? (composite ? 'gs-q' : 'gsd');
  const second = bounded || curved;
  const smooth = bounded ? 'matrix' : 'newton';
  const update = settings.update ?? (!second ? 'gradient' : composite && !grouped ? 'two-metric' : smooth);
  if (grouped && update === 'two-metric') {
    throw incompatible(
      'options.update',
      'another update with norms of groups, onto which nothing is projected',
      update,
    );
  }
  if (composite && isGreedy(selection) && !selection.startsWith('gs-') && selection !== 'mi') {
    const expected = "'gs-s', 'gs-r', 'gs-q' or 'mi' (or a rule that is not greedy) with a penalty or bounds";
    throw incompatible('options.selection', expected, selection);
  }
  if (update === 'message-passing' && (composite || graph === undefined)) {
    throw incompatible('options.update', 'another update for anything but a function on a graph alone', update);
  }
  if (composite && update === 'cubic') {
    throw incompatible('options.update', 'another update with a penalty or bounds', update);
  }
  const needsBound = update === 'matrix' || (update === 'two-metric' && !curved);
  if (!bounded && (needsBound || selection === 'gsq' || settings.majorizer !== 'tau-lipschitz')) {
    const name = needsBound ? 'update' : selection === 'gsq' ? 'selection' : 'majorizer';
    const value = needsBound ? update : selection === 'gsq' ? selection : settings.majorizer;
    throw incompatible(`options.${name}`, 'one that needs no blockBound, which the function does not have', value);
  }
  if (selection === 'gsc' && (!curved || thirdOrder === undefined)) {
    const expected = 'another rule for a function without thirdOrder and blockHessian';
    throw incompatible('options.selection', expected, selection);
  }
  if (selection === 'mi' && !curved) {
    throw incompatible(
      'options.selection',
      'one that needs no blockHessian, which the function does not have',
      selection,
    );
  }
  if (
    settings.sample !== undefined &&
    (!isGreedy(selection) || (selection === 'gsq' && settings.gsqMethod === 'iht'))
  ) {
    throw incompatible('options.sample', "it left out but for greedy rules (with gsqMethod 'omp')", settings.sample);
  }
  if (!curved && (update === 'newton' || update === 'cubic' || update === 'exact')) {
    throw incompatible('options.update', 'one that needs no blockHessian, which the function does not have', update);
  }
  return { selection, update };
}

/** The parts of a run over forests, which pass messages. */
function chooseForForests(
  settings: MinimizeSettings,
  composite: boolean,
  quadratic: boolean,
): { readonly selection: SelectionRule; readonly update: UpdateRule } {
  const { selection = 'gsd', update = 'message-passing', partition, sample } = settings;
  if (sample !== undefined) throw incompatible('options.sample', "it left out with partition 'forest'", sample);
  if (composite || !quadratic) {
    throw incompatible(
      'options.partition',
      'another partition for anything but a function on a graph alone',
      partition,
    );
  }
  if (!FOREST_RULES.includes(selection)) {
    throw incompatible('options.selection', "'random', 'gs', 'gsl' or 'gsd' with partition 'forest'", selection);
  }
  if (update !== 'message-passing') {
    throw incompatible('options.update', "'message-passing' with partition 'forest'", update);
  }
  return { selection, update };
}

function incompatible(argument: string, expected: string, value: unknown): InvalidInputError {
  const { message, details } = refusal(argument, expected, value);
  return new InvalidInputError(message, 'ERR_INCOMPATIBLE', details);
}
