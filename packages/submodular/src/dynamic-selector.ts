import { InvalidInputError, RandomStream, randomStream, refusal, requireInteger, requireNumber } from '@lemmata/core';
import { certify, requireMonotoneSubmodular } from './certificates/upper-bound.js';
import { bestSolution } from './dynamic/best-solution.js';
import { GuessWindow } from './dynamic/guess-window.js';
import { violation } from './dynamic/invariants.js';
import {
  type DynamicOptions,
  type DynamicSettings,
  type DynamicUpdate,
  dynamicSettings,
  updateLists,
} from './dynamic/options.js';
import { checkSnapshot, type DynamicCounts, type DynamicSnapshot } from './dynamic/snapshot.js';
import { MaxHeap } from './max-heap.js';
import { type CountedFunction, counted, type OracleCalls } from './oracle/counted.js';
import { type GainState, requireElements, type SetFunction } from './oracle/set-function.js';

/** Where one guess of the best value stands: plain data. */
export interface GuessReport {
  /** The guess g of the best gain over the empty set. */
  readonly guess: number;
  /** Size of its solution, in 0 .. k. */
  readonly size: number;
  /** f of its solution. */
  readonly value: number;
  /** Whether its solution has k elements, and so gains at least g / 2; if not, no k elements are worth more than value + g / 2. */
  readonly saturated: boolean;
}

/**
 * Keeps a good set of at most k live elements while elements come and go.
 *
 * At every moment the solution is worth at least 1 / (2 + epsilon) of the best set of at most k live elements, for
 * monotone submodular f with f(empty) >= 0, whatever the random choices are, and `upperBound` proves how much of it at
 * least. The randomness makes updates cheap: expected O(k log k) gains per guess and update as long as the stream does
 * not depend on the choices (deleting what is shown makes updates dearer, never wrong). f must not change meanwhile.
 *
 * An algorithm in the style of Banihashem et al.: levels of single random elements, here with the few guesses of the
 * best value that the guarantee needs. When the objective throws during an update, the update is taken back and the
 * selector asks for `rebuild()`.
 *
 * @example
 * ```ts
 * import { DynamicSelector, weightedCoverage } from '@lemmata/submodular';
 *
 * const f = weightedCoverage([[0, 1, 2], [2, 3], [3, 4], [5], [0, 1]]);
 * const selector = new DynamicSelector(f, { k: 2 });
 * selector.update({ insert: [0, 1, 2, 3] });
 * selector.delete(0).insert(4);
 * console.log(selector.solution(), selector.value, selector.upperBound);
 * ```
 * @see K. Banihashem, L. Biabani, S. Goudarzi, M. Hajiaghayi, P. Jabbarzade, M. Monemizadeh, "Dynamic Constrained
 * Submodular Optimization with Polylogarithmic Update Time", ICML 2023
 */
export class DynamicSelector {
  readonly #f: SetFunction;
  readonly #counted: CountedFunction;
  readonly #settings: DynamicSettings;
  /** The live elements by their gains at the empty set. */
  readonly #live: MaxHeap;
  readonly #empty: GainState;
  readonly #work = { rebuilds: 0, rebuiltElements: 0, updates: 0, activations: 0, recourse: 0 };
  #stream: RandomStream;
  #window: GuessWindow;
  #solution: Int32Array = new Int32Array(0);
  #value: number;
  #upperBound: number;
  /** Calls of the oracle before a snapshot that this selector was restored from. */
  #earlier: OracleCalls = { gain: 0, add: 0, value: 0, clone: 0 };
  #busy = false;
  #broken = false;

  /**
   * @param f - the objective, monotone and submodular, on elements 0 .. n - 1; none is live at first
   * @param options - `k` (required), `epsilon` (default 0.1), `hysteresis` (default 1), `seed` (default 0)
   * @throws InvalidInputError for bad options, `ERR_INCOMPATIBLE` when f is not monotone or not submodular, `ERR_INPUT`
   * when f(empty) < 0
   * @throws NumericalError when f(empty) is not finite
   */
  constructor(f: SetFunction, options: DynamicOptions) {
    this.#settings = dynamicSettings(options);
    this.#counted = counted(f);
    requireMonotoneSubmodular('DynamicSelector', f);
    this.#f = f;
    this.#empty = this.#counted.state();
    this.#value = requireNumber('f(empty)', this.#empty.value, 0);
    this.#upperBound = this.#value;
    this.#live = new MaxHeap(f.n);
    this.#stream = randomStream(this.#settings.seed).fork('dynamic-selector');
    this.#window = this.#openWindow();
  }

  /** How many elements are live. */
  get size(): number {
    return this.#live.size;
  }

  /** f of the solution. */
  get value(): number {
    return this.#value;
  }

  /** A proven bound: no set of at most k live elements is worth more. `upperBound(f, ...)` gives a tighter one. */
  get upperBound(): number {
    return this.#upperBound;
  }

  /** `value` over `upperBound`, in [0, 1]; at least this share of the best value is proven. */
  get ratio(): number {
    return certify(this.#upperBound, this.#value).ratio;
  }

  /** The share of the best value that holds at every moment: 1 / (2 + epsilon). */
  get guarantee(): number {
    return 1 / (2 + this.#settings.epsilon);
  }

  /** The seed, as a string. */
  get seed(): string {
    return this.#settings.seed;
  }

  /** Costs so far. */
  get counts(): DynamicCounts {
    const { gain, add, value, clone } = this.#counted.calls;
    const earlier = this.#earlier;
    return {
      ...this.#work,
      gain: earlier.gain + gain,
      add: earlier.add + add,
      value: earlier.value + value,
      clone: earlier.clone + clone,
    };
  }

  /** The solution: at most k live elements, rising; a fresh array. */
  solution(): Int32Array {
    return this.#solution.slice();
  }

  /** The live elements, rising; a fresh array. */
  elements(): Int32Array {
    return this.#live.elements().sort();
  }

  /** The guesses that are kept, from the lowest to the highest. */
  guesses(): GuessReport[] {
    return this.#window.active.map(({ guess, levels: size, value, saturated }) => ({ guess, size, value, saturated }));
  }

  /**
   * Whether an element is live.
   *
   * @param e - an element, an integer in 0 .. n - 1
   * @returns true between its insertion and its deletion
   * @throws InvalidInputError when it is no such integer
   */
  has(e: number): boolean {
    return this.#live.has(requireInteger('e', e, 0, this.#f.n - 1));
  }

  /**
   * Brings in one element.
   *
   * @param e - an element that is not live, an integer in 0 .. n - 1
   * @returns the selector
   * @throws InvalidInputError when it is live or no such integer, `ERR_STATE` when `rebuild()` is due; nothing is changed
   * @throws NumericalError when the objective answers NaN or an infinity
   */
  insert(e: number): this {
    return this.update({ insert: [e] });
  }

  /**
   * Takes out one element.
   *
   * @param e - a live element
   * @returns the selector
   * @throws InvalidInputError when it is not live, `ERR_STATE` when `rebuild()` is due; nothing is changed
   * @throws NumericalError when the objective answers NaN or an infinity
   */
  delete(e: number): this {
    return this.update({ delete: [e] });
  }

  /**
   * Takes out and brings in several elements: all of them, or none when something is wrong.
   *
   * @param update - `delete`: live elements; `insert`: elements that are not live afterwards
   * @returns the selector
   * @throws InvalidInputError for bad elements, `ERR_STATE` when `rebuild()` is due; nothing is changed
   * @throws NumericalError when the objective answers NaN or an infinity
   */
  update(update: DynamicUpdate): this {
    return this.#alone('update', () => {
      const lists = updateLists(update);
      const deleted = requireElements('delete', lists.delete, this.#f.n);
      const inserted = requireElements('insert', lists.insert, this.#f.n);
      const leaving = new Set(deleted);
      for (const e of deleted) if (!this.#live.has(e)) throw refusal('delete', 'a live element', e);
      for (const e of inserted) {
        if (this.#live.has(e) && !leaving.has(e)) throw refusal('insert', 'an element that is not live', e);
      }
      const gains = Array.from(inserted, (e) => this.#empty.gain(e));
      this.#orTakeBack(deleted, inserted, () => this.#apply(deleted, inserted, gains));
      this.#work.updates += deleted.length + inserted.length;
    });
  }

  /**
   * Forgets all guesses and draws them anew from the live elements.
   *
   * @returns the selector
   * @throws NumericalError when the objective answers NaN or an infinity; then `rebuild()` stays due
   */
  rebuild(): this {
    this.#broken = false;
    return this.#alone('rebuild', () =>
      this.#orTakeBack([], [], () => {
        this.#window.clear();
        this.#finish();
      }),
    );
  }

  /**
   * Checks every promise of the structure from the definitions: the levels, the window of guesses, the solution.
   *
   * Costs about k gains per live element and guess, which are not counted. A promise can only break when the objective
   * changes meanwhile or is not what it declares.
   *
   * @throws InvalidInputError `ERR_STATE` saying what is broken
   */
  verify(): void {
    this.#alone('verify', () => {
      const found = violation({
        f: this.#f,
        k: this.#settings.k,
        live: this.#live.elements(),
        delta: this.#delta(),
        window: this.#window,
        solution: this.#solution,
        value: this.#value,
      });
      if (found !== undefined) {
        throw new InvalidInputError(`selector: expected ${found}`, 'ERR_STATE', {
          argument: 'selector',
          expected: found,
        });
      }
    });
  }

  /**
   * Saves the selector as plain JSON-safe data.
   *
   * @returns the snapshot; the data of the objective are not part of it
   * @throws InvalidInputError `ERR_STATE` when `rebuild()` is due
   */
  snapshot(): DynamicSnapshot {
    let live: number[] = [];
    this.#alone('snapshot', () => {
      live = Array.from(this.#live.elements());
    });
    return {
      format: 'lemmata/dynamic-selector',
      version: 1,
      objective: { name: this.#f.name, n: this.#f.n },
      options: { ...this.#settings },
      stream: this.#stream.snapshot(),
      live,
      singletons: live.map((e) => this.#live.keys[e]),
      guesses: this.#window.active.map((levels) => levels.save()),
      counts: this.counts,
    };
  }

  /**
   * Makes a selector that goes on where a snapshot was taken, with the same bits.
   *
   * @param f - the objective that the snapshot was taken with; its values are compared
   * @param snapshot - what {@link DynamicSelector.snapshot} gave, also after JSON
   * @returns the selector; what restoring costs, at most k additions per guess, is not counted
   * @throws InvalidInputError `ERR_FORMAT` when it is no snapshot, `ERR_INCOMPATIBLE` when the objective differs
   */
  static restore(f: SetFunction, snapshot: DynamicSnapshot): DynamicSelector {
    const { options, stream, live, singletons, guesses, counts } = checkSnapshot(f, snapshot);
    const selector = new DynamicSelector(f, options);
    selector.#stream = RandomStream.restore(stream);
    selector.#window = selector.#openWindow();
    for (let i = 0; i < live.length; i++) selector.#live.push(live[i], singletons[i]);
    selector.#window.load(guesses);
    for (let i = 0; i < guesses.length; i++) {
      const { value } = selector.#window.active[i];
      if (value === guesses[i].value) continue;
      const argument = `snapshot.guesses[${i}].value`;
      const message = `${argument}: expected ${value} (f of the chosen elements), got ${guesses[i].value}`;
      const details = { argument, expected: value, actual: guesses[i].value };
      throw new InvalidInputError(message, 'ERR_INCOMPATIBLE', details);
    }
    selector.#finish();
    const { gain, add, value, clone, ...work } = counts;
    Object.assign(selector.#work, work);
    selector.#earlier = { gain, add, value, clone };
    selector.#counted.resetCalls();
    return selector;
  }

  #openWindow(): GuessWindow {
    const { k, epsilon, hysteresis } = this.#settings;
    const context = {
      f: this.#counted,
      k,
      singletons: this.#live.keys,
      stream: this.#stream,
      work: this.#work,
    };
    return new GuessWindow(context, epsilon, hysteresis);
  }

  /** Largest live gain at the empty set, 0 when none is positive. */
  #delta(): number {
    return this.#live.size === 0 ? 0 : Math.max(0, this.#live.keys[this.#live.top]);
  }

  #apply(deleted: Int32Array, inserted: Int32Array, gains: readonly number[]): void {
    for (const e of deleted) {
      this.#live.remove(e);
      for (const levels of this.#window.active) levels.delete(e);
    }
    for (let i = 0; i < inserted.length; i++) this.#live.push(inserted[i], gains[i]);
    // Guesses that a new element makes too low are not worth the work of taking it in.
    this.#window.raise(this.#delta());
    for (const e of inserted) for (const levels of this.#window.active) levels.insert(e);
    this.#finish();
  }

  /** Settles the guesses, then takes the best solution and the smallest bound that they give. */
  #finish(): void {
    this.#window.settle(() => this.#live.elements(), this.#delta());
    const best = bestSolution(this.#window, this.#live, this.#settings.k, this.#empty.value);
    const before = new Set(this.#solution);
    const kept = best.chosen.filter((e) => before.has(e)).length;
    this.#work.recourse += before.size + best.chosen.length - 2 * kept;
    this.#work.activations += this.#window.takeActivations();
    this.#solution = Int32Array.from(best.chosen).sort();
    this.#value = best.value;
    this.#upperBound = best.upperBound;
  }

  /** Runs an operation that the objective must not interrupt with another one. */
  #alone(operation: string, body: () => void): this {
    const due = this.#broken ? 'rebuild() first (the objective threw during an update)' : undefined;
    const expected = this.#busy ? 'a call that does not come from inside the objective' : due;
    if (expected !== undefined) {
      throw new InvalidInputError(`${operation}: expected ${expected}, got a call`, 'ERR_STATE', {
        argument: operation,
        expected,
      });
    }
    this.#busy = true;
    try {
      body();
    } finally {
      this.#busy = false;
    }
    return this;
  }

  /** Runs changes of the structure; when the objective throws, the live elements are again what they were. */
  #orTakeBack(deleted: ArrayLike<number>, inserted: ArrayLike<number>, changes: () => void): void {
    try {
      changes();
    } catch (error) {
      for (const e of Array.from(inserted)) if (this.#live.has(e)) this.#live.remove(e);
      for (const e of Array.from(deleted)) if (!this.#live.has(e)) this.#live.push(e, this.#live.keys[e]);
      this.#window.clear();
      this.#broken = true;
      throw error;
    }
  }
}
