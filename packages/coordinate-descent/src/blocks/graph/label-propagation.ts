import {
  type Algorithm,
  iterate,
  type RunOptions,
  requireNumber,
  requireOneOf,
  resolveOptions,
  run,
  runAsync,
  type Settings,
} from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import type { Label } from '../../labels.js';
import { quadratic } from '../functions/quadratic.js';
import { type BlockResult, minimizeAlgorithm } from '../minimize-algorithm.js';
import {
  type BlockColumn,
  type BlockState,
  MINIMIZE_DEFAULTS,
  type MinimizeOptions,
  minimizeSettings,
} from '../minimize-options.js';
import { redBlackPartition, treePartition } from './graph-partitions.js';
import { type LabelSystem, labelSystem, type NodeLabels } from './label-system.js';

/** Which blocks of nodes are updated: see {@link LabelPropagationOptions}. */
export type LabelBlocks = 'greedy-tree' | 'random-tree' | 'tree-partition' | 'red-black' | 'general';

/** Options of {@link labelPropagation}. */
export interface LabelPropagationOptions extends RunOptions<BlockState> {
  /**
   * Blocks of nodes: `'greedy-tree'` (default) a forest grown along falling |gradient|, `'random-tree'` along a random order,
   * `'tree-partition'` a partition into forests, `'red-black'` one without edges inside, `'general'` the ceil(n^(1/3)) nodes
   * of largest |gradient|, solved densely. All but `'general'` pass messages, in time of the edges.
   */
  readonly blocks?: LabelBlocks;
  /** Score of nodes that no labelled node reaches, finite; default none: they are refused. */
  readonly prior?: number;
  /** Converged once stationarity is at most this share of that with all scores 0; >= 0, default 1e-6. */
  readonly tolerance?: number;
  /** Seed of random orders; default 0. */
  readonly seed?: number | string;
}

/** Scores of all nodes: plain data that survives `structuredClone`. */
export interface LabelPropagation extends BlockResult {
  /** Score of node i for class c at i * classes + c; without classes one score a node. */
  readonly scores: Float64Array;
  /** The classes in order; empty for labels that are numbers. */
  readonly classes: readonly Label[];
  /** Index of the class with the largest score for each node, the first of equal ones; empty without classes. */
  readonly codes: Int32Array;
}

type Answer = Omit<LabelPropagation, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

const DEFAULTS: Settings<LabelPropagationOptions, 'prior' | 'signal' | 'onIteration'> = Object.freeze({
  blocks: 'greedy-tree',
  prior: undefined,
  tolerance: MINIMIZE_DEFAULTS.tolerance,
  seed: 0,
  maxIterations: MINIMIZE_DEFAULTS.maxIterations,
  timeLimitMs: Infinity,
  signal: undefined,
  onIteration: undefined,
  historyEvery: 1,
});

function settingsOf(entryPoint: string, options: LabelPropagationOptions | undefined): typeof DEFAULTS {
  const settings = resolveOptions(entryPoint, options, DEFAULTS);
  requireOneOf('options.blocks', settings.blocks, [
    'greedy-tree',
    'random-tree',
    'tree-partition',
    'red-black',
    'general',
  ]);
  if (settings.prior !== undefined) requireNumber('options.prior', settings.prior);
  const { blocks, prior, ...rest } = settings;
  minimizeSettings(entryPoint, rest as MinimizeOptions);
  return settings;
}

/** The smallest integer whose cube is n at least. */
function cubeRoot(n: number): number {
  let root = 1;
  while (root * root * root < n) root++;
  return root;
}

function partsOf({ H, rows }: LabelSystem, blocks: LabelBlocks): MinimizeOptions {
  switch (blocks) {
    case 'greedy-tree':
      return { partition: 'forest', selection: 'gs' };
    case 'random-tree':
      return { partition: 'forest', selection: 'random' };
    case 'tree-partition':
      return { partition: treePartition(H), selection: 'cyclic', update: 'message-passing' };
    case 'red-black':
      return { partition: redBlackPartition(H), selection: 'cyclic', update: 'message-passing' };
    case 'general':
      return { blockSize: cubeRoot(rows), selection: 'gs', update: 'matrix' };
  }
}

function algorithm(
  graph: MatrixLike,
  labels: NodeLabels,
  settings: typeof DEFAULTS,
): Algorithm<BlockState, BlockColumn, Answer> {
  const system = labelSystem(graph, labels, settings.prior);
  const { blocks, prior, ...rest } = settings;
  const options = { ...rest, ...partsOf(system, blocks) } as MinimizeOptions;
  const inner = minimizeAlgorithm(
    { smooth: quadratic(system.H, system.b) },
    minimizeSettings('labelPropagation', options),
  );
  return {
    ...inner,
    answer: () => {
      const answer = inner.answer();
      return { ...answer, classes: system.classes, ...system.spread(answer.x) };
    },
  };
}

/**
 * Spreads labels of a few nodes over a graph: minimises the energy 1/2 sum of w_ij (x_i - x_j)^2 over its edges, with the
 * scores of labelled nodes fixed.
 *
 * Every other node ends with the weighted mean of its neighbours. Labels may be numbers, or classes: then each class has
 * scores of its own (1 where a node is labelled with it, 0 where with another), found together.
 *
 * @param graph - symmetric matrix of edge weights, shape (n, n), finite and >= 0; entries on the diagonal count for nothing
 * @param labels - `index`: labelled nodes, each once; `values`: a number for each; or `classes`: a class for each
 * @param options - `blocks` (default `'greedy-tree'`), `prior`, `tolerance` (default 1e-6), `seed`, and the options of a run
 * @returns scores of all nodes, and the run's certificate
 * @throws DimensionError, InvalidInputError for a graph or labels that do not fit, and for nodes that no label reaches
 * unless `prior` is given
 * Complexity: an iteration takes O(n log n + edges); how many there are grows with the distance of nodes from labels.
 *
 * @example
 * ```ts
 * import { labelPropagation } from '@lemmata/coordinate-descent';
 *
 * // A path of four nodes, labelled at its ends.
 * const graph = [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]];
 * console.log(labelPropagation(graph, { index: [0, 3], values: [0, 3] }).scores); // 0 1 2 3
 * console.log(labelPropagation(graph, { index: [0, 3], classes: ['a', 'b'] }).codes); // 0 0 1 1
 * ```
 * @see J. Nutini, I. Laradji, M. Schmidt, JMLR 23(131), 2022, section 5
 */
export function labelPropagation(
  graph: MatrixLike,
  labels: NodeLabels,
  options?: LabelPropagationOptions,
): LabelPropagation {
  const settings = settingsOf('labelPropagation', options);
  return run(() => algorithm(graph, labels, settings), settings);
}

/**
 * Spreads labels like {@link labelPropagation}, one block at a time.
 *
 * Yields the same live state after every block, with the same bits: its `x` holds the scores of unlabelled nodes, class by
 * class.
 *
 * @param graph - as for {@link labelPropagation}
 * @param labels - as for {@link labelPropagation}
 * @param options - as for {@link labelPropagation}
 * @returns a generator of states that returns the scores
 * @throws what {@link labelPropagation} throws: options at the call, the rest at the first step
 * Complexity: as {@link labelPropagation}.
 *
 * @example
 * ```ts
 * import { labelPropagationIterations } from '@lemmata/coordinate-descent';
 *
 * const graph = [[0, 1, 1], [1, 0, 1], [1, 1, 0]];
 * for (const { iteration, block, stationarity } of labelPropagationIterations(graph, { index: [0], values: [1] })) {
 *   console.log(iteration, block, stationarity);
 * }
 * ```
 * @see {@link labelPropagation}
 */
export function labelPropagationIterations(
  graph: MatrixLike,
  labels: NodeLabels,
  options?: LabelPropagationOptions,
): Generator<BlockState, LabelPropagation, void> {
  const settings = settingsOf('labelPropagationIterations', options);
  return iterate(() => algorithm(graph, labels, settings), settings);
}

/**
 * Spreads labels like {@link labelPropagation} without blocking the event loop for long.
 *
 * Gives the same bits, in slices; timers, events and `signal` get their turn at least every 16 ms, but for very large graphs.
 *
 * @param graph - as for {@link labelPropagation}; must not change before the promise is settled
 * @param labels - as for {@link labelPropagation}
 * @param options - as for {@link labelPropagation}
 * @returns a promise of the scores
 * @throws never; the promise is rejected with what {@link labelPropagation} would throw
 * Complexity: as {@link labelPropagation}.
 *
 * @example
 * ```ts
 * import { labelPropagationAsync } from '@lemmata/coordinate-descent';
 *
 * const graph = [[0, 1, 0], [1, 0, 2], [0, 2, 0]];
 * const { scores } = await labelPropagationAsync(graph, { index: [0, 2], values: [0, 3] });
 * console.log(scores); // 0 2 3
 * ```
 * @see {@link labelPropagation}
 */
export async function labelPropagationAsync(
  graph: MatrixLike,
  labels: NodeLabels,
  options?: LabelPropagationOptions,
): Promise<LabelPropagation> {
  const settings = settingsOf('labelPropagationAsync', options);
  return await runAsync(() => algorithm(graph, labels, settings), settings);
}
