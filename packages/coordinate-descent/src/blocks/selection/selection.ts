import type { RandomStream } from '@lemmata/core';
import type { BlockCache, ChosenBlock } from '../block-cache.js';
import type { GreedyForest } from '../graph/greedy-forest.js';
import type { BlockOracle, Slices } from '../oracle.js';
import type { Separable } from '../separable.js';
import { WeightedDraws } from './draws.js';
import { FallingOrder } from './order.js';
import { pursuit } from './pursuit.js';
import { type CoordinateRule, scoreCoordinates } from './scores.js';
import { Thresholding } from './thresholding.js';
import { largest, TopScores } from './top.js';

/** How the next block is chosen. */
export type SelectionRule = 'cyclic' | 'perm' | 'random' | 'lipschitz' | CoordinateRule | 'gsq';

/** All rules, in the order of the documentation. */
export const SELECTIONS: readonly SelectionRule[] = Object.freeze([
  'cyclic',
  'perm',
  'random',
  'lipschitz',
  'gs',
  'gsl',
  'gsd',
  'gsq',
  'gs-s',
  'gs-r',
  'gs-q',
]);

/** Whether a rule needs the whole gradient. */
export function isGreedy(rule: SelectionRule): boolean {
  return rule.startsWith('gs');
}

/** What rules choose from. */
export interface SelectionContext {
  /** The function at the current point. */
  readonly oracle: BlockOracle;
  /** The rest of the problem. */
  readonly separable: Separable;
  /** What is known of blocks. */
  readonly cache: BlockCache;
  /** Variables of a block. */
  readonly blockSize: number;
  /** Fixed blocks; undefined for variable ones. */
  readonly blocks: readonly Int32Array[] | undefined;
  /** What grows forests, when every block is to be one. */
  readonly forest: GreedyForest | undefined;
  /** D_i, length n. */
  readonly majorizer: Float64Array;
  /** How GSQ chooses variable blocks. */
  readonly gsqMethod: 'omp' | 'iht';
  /** Where draws come from. */
  readonly stream: RandomStream;
}

/** Chooses a block; for greedy rules the gradient is up to date. */
export type Selection = () => Slices<ChosenBlock>;

/**
 * Makes a rule.
 *
 * @param rule - the rule
 * @param context - what it chooses from
 * @returns what chooses the next block
 */
export function selection(rule: SelectionRule, context: SelectionContext): Selection {
  if (context.forest !== undefined) return forests(rule as ForestRule, context, context.forest);
  if (!isGreedy(rule)) return drawn(rule as 'cyclic' | 'perm' | 'random' | 'lipschitz', context);
  return context.blocks === undefined
    ? greedyVariable(rule as CoordinateRule | 'gsq', context)
    : greedyFixed(rule as CoordinateRule | 'gsq', context, context.blocks);
}

/** Rules whose order of variables a forest is grown along. */
type ForestRule = 'random' | 'gs' | 'gsl' | 'gsd';

/** All of them. */
export const FOREST_RULES: readonly SelectionRule[] = Object.freeze(['random', 'gs', 'gsl', 'gsd']);

/** A forest along the order that the rule gives: its best variables first, each unless it closes a cycle. */
function forests(
  rule: ForestRule,
  { oracle, separable, majorizer, stream }: SelectionContext,
  forest: GreedyForest,
): Selection {
  const n = oracle.dimension;
  const scores = new Float64Array(n);
  const falling = new FallingOrder(n);
  // biome-ignore lint/correctness/useYield: an order of the variables takes no longer than a few passes over them
  return function* () {
    if (rule === 'random') return { block: forest.select(stream.permutation(n)), index: -1 };
    scoreCoordinates(rule, oracle, separable, majorizer, scores);
    return { block: forest.select(falling.of(scores)), index: -1 };
  };
}

/** Rules that look at no gradient. */
function drawn(rule: 'cyclic' | 'perm' | 'random' | 'lipschitz', context: SelectionContext): Selection {
  const { blocks, stream, blockSize, oracle, cache } = context;
  const n = oracle.dimension;
  if (rule === 'random') {
    // biome-ignore lint/correctness/useYield: a draw takes no time
    return function* () {
      if (blocks === undefined) return { block: stream.sample(n, blockSize).sort(), index: -1 };
      const index = stream.integer(blocks.length);
      return { block: blocks[index], index };
    };
  }
  if (rule === 'lipschitz') {
    let draws: WeightedDraws | undefined;
    return function* () {
      if (blocks === undefined) {
        draws ??= new WeightedDraws(oracle.lipschitz, stream);
        return { block: draws.draw(blockSize), index: -1 };
      }
      draws ??= new WeightedDraws(yield* blockConstants(blocks, cache), stream);
      const [index] = draws.draw(1);
      return { block: blocks[index], index };
    };
  }
  // One pass after the other: over fixed blocks in their order, over variable ones along one order of the variables.
  const count = blocks?.length ?? Math.ceil(n / blockSize);
  let order = blocks === undefined || rule === 'perm' ? stream.permutation(blocks?.length ?? n) : undefined;
  let next = 0;
  // biome-ignore lint/correctness/useYield: the next of an order takes no time
  return function* () {
    if (next === count) {
      next = 0;
      if (rule === 'perm') order = stream.permutation(blocks?.length ?? n);
    }
    const place = next++;
    if (blocks === undefined) {
      const block = (order as Int32Array).slice(place * blockSize, (place + 1) * blockSize).sort();
      return { block, index: -1 };
    }
    const index = order?.[place] ?? place;
    return { block: blocks[index], index };
  };
}

function* blockConstants(blocks: readonly Int32Array[], cache: BlockCache): Slices<Float64Array> {
  const constants = new Float64Array(blocks.length);
  for (let index = 0; index < blocks.length; index++) {
    constants[index] = yield* cache.lipschitz({ block: blocks[index], index });
  }
  return constants;
}

function greedyVariable(rule: CoordinateRule | 'gsq', context: SelectionContext): Selection {
  const { oracle, separable, majorizer, blockSize, gsqMethod, cache } = context;
  const scores = new Float64Array(oracle.dimension);
  const top = new TopScores(oracle.dimension);
  const thresholding = rule === 'gsq' && gsqMethod === 'iht' ? new Thresholding(oracle) : undefined;
  return function* () {
    if (thresholding !== undefined) return { block: yield* thresholding.select(blockSize), index: -1 };
    scoreCoordinates(rule === 'gsq' ? 'gsd' : rule, oracle, separable, majorizer, scores);
    const block =
      rule === 'gsq' ? yield* pursuit(oracle, cache.solver, scores, blockSize) : top.select(scores, blockSize);
    return { block, index: -1 };
  };
}

function greedyFixed(
  rule: CoordinateRule | 'gsq',
  context: SelectionContext,
  blocks: readonly Int32Array[],
): Selection {
  const { oracle, separable, majorizer, cache } = context;
  const coordinates = new Float64Array(oracle.dimension);
  const scores = new Float64Array(blocks.length);
  let constants: Float64Array | undefined;
  return function* () {
    if (rule === 'gsq') {
      for (let index = 0; index < blocks.length; index++) {
        const g = Float64Array.from(blocks[index], (i) => oracle.gradient[i]);
        const step = g.slice();
        const factor = yield* cache.factor({ block: blocks[index], index });
        cache.solver.solve(g.length, factor, step);
        scores[index] = g.reduce((sum, value, k) => sum + value * step[k], 0);
      }
    } else {
      // GSL divides the whole block's square by its own constant.
      scoreCoordinates(rule === 'gsl' ? 'gs' : rule, oracle, separable, majorizer, coordinates);
      if (rule === 'gsl') constants ??= yield* blockConstants(blocks, cache);
      for (let index = 0; index < blocks.length; index++) {
        let sum = 0;
        for (const i of blocks[index]) sum += coordinates[i];
        scores[index] = constants === undefined ? sum : sum / constants[index];
      }
    }
    const index = largest(scores);
    return { block: blocks[index], index };
  };
}
