import type { Algorithm, SliceEnd, Status } from '@lemmata/core';
import { certify } from './certificates/upper-bound.js';
import { MaxHeap } from './max-heap.js';
import { type CountedFunction, counted } from './oracle/counted.js';
import type { GainState, SetFunction } from './oracle/set-function.js';
import {
  type SelectColumn,
  type SelectResult,
  type SelectSettings,
  type SelectState,
  selectElements,
} from './select-options.js';
import { SliceMeter } from './slices.js';

/** A selection without what the driver adds. */
export type SelectAnswer = Omit<SelectResult, 'status' | 'iterations' | 'history' | 'elapsedMs'>;

const COLUMNS: readonly SelectColumn[] = ['element', 'gain', 'value', 'upperBound', 'gainCalls'];

/** The candidates with their gains, exact or of an earlier and smaller set. */
class Candidates {
  readonly heap: MaxHeap;
  readonly #f: CountedFunction;
  readonly #set: GainState;
  readonly #meter: SliceMeter;
  /** Size of the set, additions of the run only. */
  round = 0;
  /** Round at which the gain of an element was computed. */
  readonly #computedAt: Int32Array;

  constructor(f: CountedFunction, set: GainState) {
    this.#f = f;
    this.#set = set;
    this.heap = new MaxHeap(f.n);
    this.#meter = new SliceMeter(f.gainCost);
    this.#computedAt = new Int32Array(f.n);
  }

  /** Computes the gain of every given element. */
  *price(elements: Int32Array): Generator<SliceEnd, void, void> {
    for (const e of elements) {
      const gain = this.#set.gain(e);
      if (this.heap.has(e)) this.heap.change(e, gain);
      else this.heap.push(e, gain);
      this.#computedAt[e] = this.round;
      if (this.#meter.full()) yield 'slice';
    }
  }

  /** Brings the largest gain to the top of the heap, recomputing only what could be larger. */
  *settle(): Generator<SliceEnd, void, void> {
    const { heap } = this;
    while (heap.size > 0 && this.#computedAt[heap.top] !== this.round) {
      const e = heap.top;
      // A bound that is not positive says enough: no gain is.
      if (heap.keys[e] <= 0) return;
      heap.change(e, this.#set.gain(e));
      this.#computedAt[e] = this.round;
      if (this.#meter.full()) yield 'slice';
    }
  }

  /** A bound for f of every set of at most k elements, or Infinity when there is no proof. */
  bound(k: number): number {
    if (!this.#f.monotone || !this.#f.submodular) return Infinity;
    return this.#set.value + this.heap.sumOfLargest(k);
  }
}

/**
 * Checks an objective and makes the run of a greedy selection.
 *
 * The element of largest gain is chosen, ties to the smaller one, until there are k or no gain is positive. Bounds come
 * from the gains at hand, old ones included: gains never grow, so they are bounds at the present set, and for monotone f
 * every set O of at most k elements has f(O) <= f(S) + the sum of its bounds.
 *
 * @param f - the objective
 * @param settings - options, checked
 * @returns the run, for the driver
 */
export function greedyAlgorithm(
  f: SetFunction,
  settings: SelectSettings,
): Algorithm<SelectState, SelectColumn, SelectAnswer> {
  const g = counted(f);
  const { initial, candidates } = selectElements(g, settings);
  const capacity = settings.k - initial.length;
  const lazy = settings.algorithm === 'lazy';
  const set = g.state();
  const pool = new Candidates(g, set);
  const selected = Array.from(initial);
  const gains = selected.map((e) => set.add(e));
  const state: SelectState = {
    iteration: 0,
    element: -1,
    gain: 0,
    value: set.value,
    upperBound: Infinity,
    gainCalls: 0,
  };
  const report = (iteration: number): void => {
    state.iteration = iteration;
    state.element = iteration === 0 ? -1 : selected[selected.length - 1];
    state.gain = iteration === 0 ? 0 : gains[gains.length - 1];
    state.value = set.value;
    state.upperBound = Math.min(state.upperBound, pool.bound(settings.k));
    state.gainCalls = g.calls.gain;
  };

  function* slices(): Generator<SliceEnd, Status, void> {
    yield* pool.price(candidates);
    const { heap } = pool;
    for (let iteration = 0; ; iteration++) {
      // The next element is found before this state is reported, so that the last report is known to be the last.
      if (iteration > 0 && iteration < capacity) yield* lazy ? pool.settle() : pool.price(heap.elements());
      report(iteration);
      if (iteration >= capacity || heap.size === 0 || heap.keys[heap.top] <= 0) return 'complete';
      yield 'iteration';
      const e = heap.top;
      heap.remove(e);
      selected.push(e);
      gains.push(set.add(e));
      pool.round++;
    }
  }

  return {
    state,
    columns: COLUMNS,
    slices,
    answer: () => ({
      // What was reported: the element that a run was cut short at does not belong to it.
      selected: Int32Array.from(selected.slice(0, initial.length + state.iteration)),
      gains: Float64Array.from(gains.slice(0, initial.length + state.iteration)),
      value: state.value,
      certificate: state.upperBound === Infinity ? null : certify(state.upperBound, state.value),
      counts: { ...g.calls },
      algorithm: settings.algorithm,
      warnings: g.submodular
        ? []
        : ['The objective is not submodular: greedy selection has no guarantee and no certificate on it.'],
    }),
    dispose: () => {},
  };
}
