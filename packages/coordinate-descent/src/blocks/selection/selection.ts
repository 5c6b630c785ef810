import type { RandomStream } from '@lemmata/core';
import type { BlockCache, ChosenBlock } from '../block-cache.js';
import type { GreedyForest } from '../graph/greedy-forest.js';
import type { Slices } from '../oracle.js';
import type { Units } from '../units.js';
import type { UpdateContext } from '../updates/update.js';
import { cubicScores } from './cubic-scores.js';
import { WeightedDraws } from './draws.js';
import { type Improvements, improvements } from './improvement.js';
import { FallingOrder } from './order.js';
import { pursuit } from './pursuit.js';
import { type CoordinateRule, scoreCoordinates } from './scores.js';
import { Thresholding } from './thresholding.js';
import { largest, TopScores } from './top.js';

/** How the next block is chosen. */
export type SelectionRule = 'cyclic' | 'perm' | 'random' | 'lipschitz' | CoordinateRule | 'gsc' | 'gsq' | 'mi';

/** Rules that look at the gradient. */
type GreedyRule = CoordinateRule | 'gsc' | 'gsq' | 'mi';

/** All rules, in the order of the documentation. */
export const SELECTIONS: readonly SelectionRule[] = Object.freeze([
  'cyclic',
  'perm',
  'random',
  'lipschitz',
  'gs',
  'gsl',
  'gsd',
  'gsc',
  'gsq',
  'gs-s',
  'gs-r',
  'gs-q',
  'mi',
]);

/** Whether a rule needs the whole gradient. */
export function isGreedy(rule: SelectionRule): boolean {
  return rule.startsWith('gs') || rule === 'mi';
}

/** What rules choose from. */
export interface SelectionContext extends UpdateContext {
  /** Fixed blocks; undefined for variable ones. */
  readonly blocks: readonly Int32Array[] | undefined;
  /** What blocks are made of. */
  readonly units: Units;
  /** Units of a variable block. */
  readonly blockUnits: number;
  /** What grows forests, when every block is to be one. */
  readonly forest: GreedyForest | undefined;
  /** How GSQ chooses variable blocks. */
  readonly gsqMethod: 'omp' | 'iht';
  /** How many units, or fixed blocks, a greedy rule looks at, drawn anew every time; undefined for all. */
  readonly sample: number | undefined;
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
  if (context.blocks !== undefined) return greedyFixed(rule as GreedyRule, context, context.blocks);
  return rule === 'mi' ? mostImproving(context) : greedyVariable(rule as Exclude<GreedyRule, 'mi'>, context);
}

/** Rules whose order of variables a forest is grown along. */
type ForestRule = 'random' | 'gs' | 'gsl' | 'gsd';

/** All of them. */
export const FOREST_RULES: readonly SelectionRule[] = Object.freeze(['random', 'gs', 'gsl', 'gsd']);

/** A forest along the order that the rule gives: its best variables first, each unless it closes a cycle. */
function forests(rule: ForestRule, context: SelectionContext, forest: GreedyForest): Selection {
  const { oracle, stream } = context;
  const n = oracle.dimension;
  const scores = new Float64Array(n);
  const falling = new FallingOrder(n);
  // biome-ignore lint/correctness/useYield: an order of the variables takes no longer than a few passes over them
  return function* () {
    if (rule === 'random') return { block: forest.select(stream.permutation(n)), index: -1 };
    scoreCoordinates(rule, context, scores);
    return { block: forest.select(falling.of(scores)), index: -1 };
  };
}

/** Rules that look at no gradient. */
function drawn(rule: 'cyclic' | 'perm' | 'random' | 'lipschitz', context: SelectionContext): Selection {
  const { blocks, stream, blockUnits, units, constants, cache } = context;
  const n = units.count;
  if (rule === 'random') {
    // biome-ignore lint/correctness/useYield: a draw takes no time
    return function* () {
      if (blocks === undefined) return { block: units.variables(stream.sample(n, blockUnits).sort()), index: -1 };
      const index = stream.integer(blocks.length);
      return { block: blocks[index], index };
    };
  }
  if (rule === 'lipschitz') {
    let draws: WeightedDraws | undefined;
    return function* () {
      if (blocks === undefined) {
        draws ??= new WeightedDraws(constants, stream);
        return { block: units.variables(draws.draw(blockUnits)), index: -1 };
      }
      draws ??= new WeightedDraws(yield* blockConstants(blocks, cache), stream);
      const [index] = draws.draw(1);
      return { block: blocks[index], index };
    };
  }
  // One pass after the other: over fixed blocks in their order, over variable ones along one order of the units.
  const count = blocks?.length ?? Math.ceil(n / blockUnits);
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
      const chosen = (order as Int32Array).slice(place * blockUnits, (place + 1) * blockUnits).sort();
      return { block: units.variables(chosen), index: -1 };
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

/** What scores every unit by itself. */
type CoordinateScores = (scores: Float64Array) => Slices;

/** The scores of a rule; those of GSQ are its candidates', by GSD. */
function coordinateScores(rule: CoordinateRule | 'gsc' | 'gsq', context: UpdateContext): CoordinateScores {
  const { oracle } = context;
  if (rule === 'gsc') {
    const curvatures = new Float64Array(oracle.dimension);
    return (scores) => cubicScores(oracle, curvatures, scores);
  }
  // biome-ignore lint/correctness/useYield: a pass over the variables takes no time
  return function* (scores) {
    scoreCoordinates(rule === 'gsq' ? 'gsd' : rule, context, scores);
  };
}

/** Leaves the scores of a few alone, drawn alike; those of the others become -Infinity. */
function keepSample(scores: Float64Array, drawn: Int32Array): void {
  const kept = Float64Array.from(drawn, (i) => scores[i]);
  scores.fill(-Infinity);
  for (let k = 0; k < drawn.length; k++) scores[drawn[k]] = kept[k];
}

function greedyVariable(rule: Exclude<GreedyRule, 'mi'>, context: SelectionContext): Selection {
  const { oracle, units, blockUnits, gsqMethod, cache, sample, stream } = context;
  const n = units.count;
  const scores = new Float64Array(n);
  const top = new TopScores(n);
  const score = coordinateScores(rule, context);
  const thresholding = rule === 'gsq' && gsqMethod === 'iht' ? new Thresholding(oracle) : undefined;
  return function* () {
    if (thresholding !== undefined) return { block: yield* thresholding.select(blockUnits), index: -1 };
    yield* score(scores);
    if (sample !== undefined) keepSample(scores, stream.sample(n, sample) as Int32Array);
    const block =
      rule === 'gsq'
        ? yield* pursuit(oracle, cache.solver, scores, blockUnits, sample ?? n)
        : units.variables(top.select(scores, blockUnits));
    return { block, index: -1 };
  };
}

/** MI over variable blocks: over all of one unit, else over those that the other rules would choose. */
function mostImproving(context: SelectionContext): Selection {
  const { oracle, separable, units, blockUnits, sample, stream } = context;
  const n = units.count;
  const measure = improvements(context);
  if (blockUnits === 1) {
    const byModel = greedyVariable(separable.isZero ? 'gsd' : 'gs-q', context);
    return function* () {
      const drawn = sample === undefined ? Int32Array.from({ length: n }, (_, i) => i) : stream.sample(n, sample);
      const singles = Array.from(drawn.sort(), (i) => ({ block: units.variables(Int32Array.of(i)), index: -1 }));
      const falls = yield* measure.of(singles);
      return falls === undefined ? yield* byModel() : singles[largest(falls)];
    };
  }
  const rules = separable.isZero ? (['gsd', 'gs', 'gsl', 'gsq'] as const) : (['gs-q', 'gs-s', 'gs-r'] as const);
  const family = rules
    .filter((rule) => rule !== 'gsq' || oracle.bounded)
    .map((rule) => greedyVariable(rule, { ...context, gsqMethod: 'omp' }));
  return function* () {
    const choices: ChosenBlock[] = [];
    for (const choose of family) choices.push(yield* choose());
    const falls = yield* measure.of(choices);
    return choices[falls === undefined ? 0 : largest(falls)];
  };
}

function greedyFixed(rule: GreedyRule, context: SelectionContext, blocks: readonly Int32Array[]): Selection {
  const { units, separable, sample, stream, cache } = context;
  const coordinates = new Float64Array(units.count);
  const parts = units.single ? blocks : blocks.map((block, k) => units.unitsOf(block, `options.partition[${k}]`));
  const scores = new Float64Array(blocks.length);
  const all = Int32Array.from(blocks, (_, index) => index);
  // GSL divides the whole block's square by its own constant; MI falls back to the model when it sees but rounding.
  const model = separable.isZero ? 'gsd' : 'gs-q';
  const score = coordinateScores(rule === 'gsl' ? 'gs' : rule === 'mi' ? model : rule, context);
  const measure: Improvements | undefined = rule === 'mi' ? improvements(context) : undefined;
  let constants: Float64Array | undefined;
  return function* () {
    const drawn = sample === undefined ? all : stream.sample(blocks.length, sample);
    scores.fill(-Infinity);
    const falls = yield* measure?.of(Array.from(drawn, (index) => ({ block: blocks[index], index }))) ?? nothing();
    if (falls !== undefined) {
      for (let k = 0; k < drawn.length; k++) scores[drawn[k]] = falls[k];
    } else if (rule === 'gsq') {
      for (const index of drawn) scores[index] = yield* modelFall({ block: blocks[index], index }, context);
    } else {
      yield* score(coordinates);
      if (rule === 'gsl') constants ??= yield* blockConstants(blocks, cache);
      for (const index of drawn) {
        let sum = 0;
        for (const u of parts[index]) sum += coordinates[u];
        scores[index] = constants === undefined ? sum : sum / constants[index];
      }
    }
    const index = largest(scores);
    return { block: blocks[index], index };
  };
}

// biome-ignore lint/correctness/useYield: there is nothing to wait for
function* nothing(): Slices<undefined> {
  return undefined;
}

/** g_b' H_b^-1 g_b. */
function* modelFall(chosen: ChosenBlock, { oracle, cache }: UpdateContext): Slices<number> {
  const g = Float64Array.from(chosen.block, (i) => oracle.gradient[i]);
  const step = g.slice();
  cache.solver.solve(g.length, yield* cache.factor(chosen), step);
  return g.reduce((sum, value, k) => sum + value * step[k], 0);
}
