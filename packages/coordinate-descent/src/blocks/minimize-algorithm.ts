import { type Algorithm, type Ending, randomStream, refusal, type SliceEnd, type Status } from '@lemmata/core';
import type { SparseMatrix } from '@lemmata/linalg';
import { type ActiveSet, ActiveSetTracker } from './active-set.js';
import { BlockCache } from './block-cache.js';
import { openOracle } from './functions/open-oracle.js';
import { GreedyForest } from './graph/greedy-forest.js';
import {
  type BlockColumn,
  type BlockProblem,
  type BlockState,
  chooseParts,
  type MinimizeSettings,
} from './minimize-options.js';
import type { BlockCounts, BlockOracle, Slices } from './oracle.js';
import {
  type FixedPartition,
  needsRowSums,
  type PartitionKind,
  partition,
  readPartition,
  rowSums,
} from './partition.js';
import { readInitial, readSeparable } from './read-problem.js';
import { isGreedy, type Selection, type SelectionRule, selection } from './selection/selection.js';
import type { Separable } from './separable.js';
import { sharpenConstants } from './units.js';
import { makeUpdate } from './updates/make-update.js';
import type { Update, UpdateRule } from './updates/update.js';

/**
 * Proof of how good x is. `'duality-gap'`: F(x) less a lower bound of F from the dual problem, which is finite whenever
 * every variable has a penalty, a ridge or both bounds. `'stationarity'`: the largest L_i |x_i - prox of a step of 1 / L_i|
 * over variables or groups,
 * which is 0 exactly at minimisers of convex problems; a proof of suboptimality only together with strong convexity.
 */
export interface BlockCertificate {
  /** What kind of proof this is. */
  readonly kind: 'duality-gap' | 'stationarity';
  /** What fell to the tolerance: the gap in the units of F, or stationarity in those of its gradient; >= 0. */
  readonly gap: number;
  /** The largest L_i |x_i - prox of a step of 1 / L_i|, >= 0. */
  readonly stationarity: number;
  /** A lower bound of F's minimum, -Infinity where none is known. */
  readonly lowerBound: number;
}

/** A point with its proof: plain data that survives `structuredClone`. */
export interface BlockResult extends Ending<BlockColumn> {
  /** The point, length n. */
  readonly x: Float64Array;
  /** F(x), computed afresh. */
  readonly objective: number;
  /** How good x is, and why. */
  readonly certificate: BlockCertificate;
  /** Which variables are held at zero or a bound, and since when. */
  readonly activeSet: ActiveSet;
  /** Which rule ran. */
  readonly selection: SelectionRule;
  /** Which update ran. */
  readonly update: UpdateRule;
  /** Costs in machine-independent units. */
  readonly counts: BlockCounts;
  /** Seed of draws. */
  readonly seed: string;
  /** What the caller should know, in sentences; mostly empty. */
  readonly warnings: readonly string[];
}

type Answer = Omit<BlockResult, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

const COLUMNS: readonly BlockColumn[] = ['objective', 'stationarity', 'gap', 'nonzeros', 'columnTouches'];

/** Passes after which everything is computed afresh: rounding adds up along the way. */
const PASSES_BETWEEN_RESETS = 50;

/** Updates of greedy rules without any movement after which nothing will move. */
const MOST_STILL = 64;

/** A run of block coordinate descent. */
class Run {
  readonly oracle: BlockOracle;
  readonly separable: Separable;
  readonly state: BlockState;
  readonly rules: { readonly selection: SelectionRule; readonly update: UpdateRule };
  readonly seed: string;
  readonly tracker: ActiveSetTracker;
  lowerBound = -Infinity;
  readonly #settings: MinimizeSettings;
  readonly #start: Float64Array;
  readonly #given: readonly Int32Array[] | undefined;
  /** Units of the largest block, and its variables at most. */
  readonly #blockUnits: number;
  readonly #blockSize: number;
  /** L_u. */
  readonly #constants: Float64Array;
  readonly #closes: boolean;
  readonly #cache: BlockCache;
  #separableValue = 0;
  #zeroObjective = 0;
  #zeroStationarity = 0;
  /** Updates since everything was computed afresh. */
  #updates = 0;

  constructor(problem: BlockProblem, settings: MinimizeSettings) {
    this.#settings = settings;
    this.oracle = openOracle(problem.smooth);
    const n = this.oracle.dimension;
    try {
      const { partition: parts } = settings;
      this.separable = readSeparable(problem, n);
      this.rules = chooseParts(settings, this.separable, this.oracle);
      this.#start = readInitial(settings.initial, this.separable, n);
      const { units } = this.separable;
      this.#given = Array.isArray(parts) ? readPartition(parts as readonly ArrayLike<number>[], n) : undefined;
      const made = this.#given?.map((block, k) => units.unitsOf(block, `options.partition[${k}]`));
      const { count } = units;
      this.#blockUnits = parts === 'forest' ? n : (longest(made) ?? settings.blockSize);
      if (this.#blockUnits > count)
        throw refusal('options.blockSize', `an integer in [1, ${count}]`, settings.blockSize);
      this.#blockSize = longest(this.#given) ?? units.largestBlock(this.#blockUnits);
      const { sample } = settings;
      const [least, most] =
        parts === 'variable' ? [this.#blockUnits, count] : [1, made?.length ?? Math.ceil(count / this.#blockUnits)];
      if (sample !== undefined && (sample < least || sample > most)) {
        throw refusal('options.sample', `an integer in [${least}, ${most}]`, sample);
      }
      this.#cache = new BlockCache(this.oracle, this.#blockSize);
    } catch (error) {
      this.oracle.dispose();
      throw error;
    }
    this.#closes = this.oracle.closes(this.separable);
    this.#constants = this.separable.units.sums(this.oracle.lipschitz);
    this.tracker = new ActiveSetTracker(this.separable);
    this.seed = randomStream(settings.seed).seed;
    this.state = {
      iteration: 0,
      objective: 0,
      stationarity: Infinity,
      gap: Infinity,
      nonzeros: 0,
      columnTouches: 0,
      x: this.oracle.x,
      block: new Int32Array(0),
    };
  }

  *slices(): Generator<SliceEnd, Status, void> {
    const { oracle, state, rules } = this;
    const { tolerance, sample } = this.#settings;
    yield* this.#begin();
    if (this.#measure(true) <= tolerance) return 'converged';
    yield 'iteration';
    const { select, update, pass } = yield* this.#parts();
    const greedy = isGreedy(rules.selection);
    const patience =
      greedy && sample === undefined ? Math.min(pass, MOST_STILL) : rules.selection === 'cyclic' ? pass : 10 * pass;
    let still = 0;
    let looked = state.stationarity;
    for (let since = 1; ; since++) {
      if (greedy) yield* oracle.refresh();
      const chosen = yield* select();
      if (greedy) yield* oracle.prepare(chosen.block);
      const moved = yield* this.#apply(update, chosen);
      state.iteration++;
      if (!Number.isFinite(oracle.value)) return 'diverged';
      still = moved ? 0 : still + 1;
      if (this.#updates >= PASSES_BETWEEN_RESETS * pass) yield* this.#afresh();
      if (greedy) {
        yield* oracle.refresh();
        this.#measure(false);
      }
      // Looked at once a pass, and in between when stationarity, known to greedy rules, has halved.
      if (since >= pass || still >= patience || (greedy && state.stationarity <= looked / 2)) {
        since = 0;
        yield* oracle.refresh();
        let share = this.#measure(true);
        looked = state.stationarity;
        if (share <= tolerance && this.#updates > 0) {
          yield* this.#afresh();
          yield* oracle.refresh();
          share = this.#measure(true);
        }
        if (share <= tolerance) return 'converged';
        if (still >= patience) return 'stalled';
      }
      yield 'iteration';
    }
  }

  get answer(): Answer {
    this.#finish();
    const { state, oracle, rules, lowerBound } = this;
    const { stationarity } = state;
    return {
      x: oracle.x.slice(),
      objective: state.objective,
      certificate: this.#closes
        ? { kind: 'duality-gap', gap: state.gap, stationarity, lowerBound }
        : { kind: 'stationarity', gap: stationarity, stationarity, lowerBound },
      activeSet: this.tracker.at(oracle.x, oracle.gradient),
      ...rules,
      counts: { ...oracle.counts, factorizations: this.#cache.solver.factorizations },
      seed: this.seed,
      warnings: [],
    };
  }

  dispose(): void {
    this.#cache.dispose();
    this.oracle.dispose();
  }

  /** Computes what moves along from x once more, unless that was just done. */
  #finish(): void {
    if (this.#updates > 0) for (const _ of this.#afresh());
    for (const _ of this.oracle.refresh());
    this.#measure(true);
  }

  *#begin(): Slices {
    const { oracle, separable } = this;
    for (let i = 0; i < oracle.dimension; i++) oracle.x[i] = separable.clamp(i, 0);
    yield* this.#afresh();
    yield* sharpenConstants(separable.units, oracle, this.#cache.solver, this.#constants);
    yield* oracle.refresh();
    this.#measure(true);
    // Where F is 0 there, the gap of that point stands for it.
    this.#zeroObjective = Math.abs(this.state.objective) || this.state.gap;
    // Where 0 is a minimiser already, stationarity is measured in its own units.
    this.#zeroStationarity = this.state.stationarity || 1;
    if (this.#settings.initial === undefined) return;
    oracle.x.set(this.#start);
    yield* this.#afresh();
    yield* oracle.refresh();
  }

  *#parts(): Slices<{ readonly select: Selection; readonly update: Update; readonly pass: number }> {
    const { oracle, separable, rules } = this;
    const { partition: parts, majorizer: kind, gsqMethod, sample } = this.#settings;
    const { units } = separable;
    const stream = randomStream(this.#settings.seed);
    const blockSize = this.#blockSize;
    const blockUnits = this.#blockUnits;
    const constants = this.#constants;
    let blocks = this.#given;
    if (blocks === undefined && parts !== 'variable' && parts !== 'forest') {
      const keys = needsRowSums(parts as PartitionKind) ? units.sums(yield* rowSums(oracle)) : constants;
      const parted = partition(parts as FixedPartition, keys, blockUnits, stream.fork('partition'));
      blocks = parted.map((part) => units.variables(part));
    }
    const forest = parts === 'forest' ? new GreedyForest(oracle.graph as SparseMatrix) : undefined;
    const majorizer =
      kind === 'tau-lipschitz'
        ? oracle.lipschitz.map((_, i) => blockUnits * constants[units.of[i]])
        : yield* rowSums(oracle, kind === 'row-sum' ? Infinity : blockSize - 1);
    const shared = { oracle, separable, cache: this.#cache, constants, majorizer, blockSize };
    const select = selection(rules.selection, {
      ...shared,
      blocks,
      units,
      blockUnits,
      forest,
      gsqMethod,
      sample,
      stream: stream.fork('selection'),
    });
    return {
      select,
      update: makeUpdate(rules.update, shared),
      pass: blocks?.length ?? Math.ceil(units.count / blockUnits) + (forest === undefined ? 0 : 1),
    };
  }

  /** Updates a block; returns whether anything moved. */
  *#apply(update: Update, chosen: { readonly block: Int32Array; readonly index: number }): Slices<boolean> {
    const { oracle, separable, state } = this;
    const { block } = chosen;
    const before = Float64Array.from(block, (i) => oracle.x[i]);
    yield* update(chosen);
    this.#updates++;
    if (!Number.isFinite(oracle.value)) {
      for (let k = 0; k < block.length; k++) oracle.x[block[k]] = before[k];
      return true;
    }
    let moved = false;
    const after = Float64Array.from(block, (i) => oracle.x[i]);
    for (let k = 0; k < block.length; k++) {
      if (after[k] === before[k]) continue;
      moved = true;
      state.nonzeros += (after[k] === 0 ? 0 : 1) - (before[k] === 0 ? 0 : 1);
    }
    this.#separableValue += separable.blockChange(block, before, after);
    this.tracker.note(block, before, oracle.x, state.iteration + 1);
    state.objective = oracle.value + this.#separableValue;
    state.columnTouches = oracle.counts.columnTouches;
    state.block = block;
    return moved;
  }

  *#afresh(): Slices {
    const { oracle, separable, state } = this;
    yield* oracle.reset();
    this.#updates = 0;
    this.#separableValue = separable.value(oracle.x);
    state.objective = oracle.value + this.#separableValue;
    state.nonzeros = oracle.x.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
    state.columnTouches = oracle.counts.columnTouches;
  }

  /** Stationarity and, if asked, the gap; returns what the tolerance is compared with. The gradient is up to date. */
  #measure(gap: boolean): number {
    const { oracle, separable, state } = this;
    const most = separable.stationarity(oracle.x, oracle.gradient, this.#constants);
    state.stationarity = most;
    if (!gap) return most;
    this.lowerBound = Math.max(this.lowerBound, oracle.lowerBound(separable));
    state.gap = Math.max(0, state.objective - this.lowerBound);
    if (this.#closes) return state.gap === 0 ? 0 : state.gap / this.#zeroObjective;
    return most === 0 ? 0 : most / this.#zeroStationarity;
  }
}

/** Variables of the longest block. */
function longest(blocks: readonly Int32Array[] | undefined): number | undefined {
  return blocks?.reduce((most, { length }) => Math.max(most, length), 1);
}

/**
 * Checks a problem and makes the run.
 *
 * @param problem - the problem
 * @param settings - options, checked
 * @returns the run, for the driver
 */
export function minimizeAlgorithm(
  problem: BlockProblem,
  settings: MinimizeSettings,
): Algorithm<BlockState, BlockColumn, Answer> {
  const run = new Run(problem, settings);
  return {
    state: run.state,
    columns: COLUMNS,
    slices: () => run.slices(),
    answer: () => run.answer,
    dispose: () => run.dispose(),
  };
}
