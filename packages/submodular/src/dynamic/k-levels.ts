import type { RandomStream } from '@lemmata/core';
import { type PrefixState, prefixState } from '../oracle/prefix-state.js';
import type { SetFunction } from '../oracle/set-function.js';

/** What all levels of a selector share. */
export interface LevelContext {
  /** The objective, counted. */
  readonly f: SetFunction;
  /** Largest size of a solution. */
  readonly k: number;
  /** Gain of every live element at the empty set. */
  readonly singletons: Float64Array;
  /** All random draws. */
  readonly stream: RandomStream;
  /** Costs of the structure beside the oracle's. */
  readonly work: { rebuilds: number; rebuiltElements: number };
}

/** The form in which levels are saved. */
export interface SavedLevels {
  /** Exponent i of the guess (1 + epsilon)^i. */
  readonly index: number;
  /** f of the solution when it was saved: restoring on another objective is noticed. */
  readonly value: number;
  /** The chosen elements u_1 .. u_T. */
  readonly chosen: readonly number[];
  /** For every level the elements that reach it and no deeper one, in the order of the structure. */
  readonly ending: readonly (readonly number[])[];
}

/**
 * The levels of one guess g of the best value, threshold tau = g / (2 k).
 *
 * R_1 holds the live elements of gain >= tau at the empty set; u_i is uniform in R_i; R_(i + 1) holds the elements of
 * R_i but u_i of gain >= tau at G_i = {u_1, .., u_i}. Since R_1, R_2, .. are nested, one number per element, its depth,
 * stores them all. The levels end at T = k, or where nothing has gain >= tau at G_T any more.
 */
export class KLevels {
  readonly index: number;
  /** The guess g. */
  readonly guess: number;
  /** The threshold tau = g / (2 k). */
  readonly threshold: number;
  readonly #context: LevelContext;
  /** u_1 .. u_T: its beginnings are G_0 .. G_T. */
  readonly #prefixes: PrefixState;
  /** u_1 .. u_T, from place 1 on. */
  readonly #chosen: number[] = [-1];
  /** Elements by exact depth, from place 1 on. */
  readonly #ending: number[][] = [[]];
  readonly #depth: Int32Array;
  /** Place of an element within `#ending[depth]`. */
  readonly #place: Int32Array;

  /**
   * @param context - what all levels share
   * @param index - exponent of the guess
   * @param guess - the guess g > 0
   */
  constructor(context: LevelContext, index: number, guess: number) {
    this.#context = context;
    this.index = index;
    this.guess = guess;
    this.threshold = guess / (2 * context.k);
    this.#prefixes = prefixState(context.f);
    this.#depth = new Int32Array(context.f.n);
    this.#place = new Int32Array(context.f.n);
  }

  /** T, the number of levels. */
  get levels(): number {
    return this.#chosen.length - 1;
  }

  /** Whether k elements are chosen; then the solution gains at least g / 2. */
  get saturated(): boolean {
    return this.levels === this.#context.k;
  }

  /** f of the solution. */
  get value(): number {
    return this.#prefixes.valueAt(this.levels);
  }

  /** The solution u_1 .. u_T. */
  solution(): number[] {
    return this.#chosen.slice(1);
  }

  /** The deepest level that an element reaches, 0 when it is in none. */
  depth(e: number): number {
    return this.#depth[e];
  }

  /** Fills empty levels with the live elements. */
  build(live: Int32Array): void {
    const { singletons, work } = this.#context;
    const pool: number[] = [];
    for (const e of live) if (singletons[e] >= this.threshold) pool.push(e);
    work.rebuilds++;
    this.#construct(1, pool);
  }

  /** Takes in an element that is new. */
  insert(e: number): void {
    const { singletons, stream, work } = this.#context;
    if (!(singletons[e] >= this.threshold)) return;
    const levels = this.levels;
    const deepest = this.#deepest(e, 1, Math.min(levels + 1, this.#context.k));
    let members = 1;
    for (let i = 1; i <= levels; i++) members += this.#ending[i].length;
    for (let i = 1; i <= deepest; i++) {
      // members = |R_i| with e: it takes the place of u_i with the probability that keeps u_i uniform.
      if (stream.integer(members) === 0) {
        const rest = this.#drop(i);
        this.#choose(i, e);
        work.rebuilds++;
        if (i === this.#context.k) for (const w of rest) this.#put(w, i);
        else this.#construct(i + 1, this.#filter(rest, i));
        return;
      }
      if (i <= levels) members -= this.#ending[i].length;
    }
    this.#put(e, deepest);
  }

  /** Forgets an element, which may not be there. */
  delete(e: number): void {
    const depth = this.#depth[e];
    if (depth === 0) return;
    this.#take(e);
    if (this.#chosen[depth] !== e) return;
    this.#context.work.rebuilds++;
    this.#construct(depth, this.#drop(depth));
  }

  /** The levels as plain data. */
  save(): SavedLevels {
    const ending = this.#ending.slice(1).map((elements) => [...elements]);
    return { index: this.index, value: this.value, chosen: this.solution(), ending };
  }

  /** Fills empty levels as they were saved; what was saved must be consistent. */
  load(saved: SavedLevels): void {
    for (let i = 1; i <= saved.chosen.length; i++) {
      this.#prefixes.add(saved.chosen[i - 1]);
      this.#chosen.push(saved.chosen[i - 1]);
      this.#ending.push([]);
      for (const e of saved.ending[i - 1]) this.#put(e, i);
    }
  }

  /** Builds the levels from i on, out of the elements of R_i; levels i, i + 1, .. do not exist. */
  #construct(i: number, pool: number[]): void {
    const { k, stream, work } = this.#context;
    work.rebuiltElements += pool.length;
    const order = stream.permutation(pool.length);
    for (const at of order) {
      const e = pool[at];
      const next = this.levels + 1;
      // Gains fall with the level, so the first test is the deepest; membership of R_i is the test at level i.
      if (next <= k && (next === i || this.#prefixes.gainAt(next - 1, e) >= this.threshold)) this.#choose(next, e);
      else this.#put(e, this.#deepest(e, i, next - 1));
    }
  }

  /** The deepest level in first .. last that e reaches, by its gains at the sets of the levels above; first is known. */
  #deepest(e: number, first: number, last: number): number {
    let low = first;
    let high = last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#prefixes.gainAt(middle - 1, e) >= this.threshold) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Makes e the element u_i of a new level i = T + 1. */
  #choose(i: number, e: number): void {
    this.#prefixes.add(e);
    this.#chosen.push(e);
    this.#ending.push([]);
    this.#put(e, i);
  }

  /** Drops the levels from i on and gives their elements. */
  #drop(i: number): number[] {
    const elements = this.#ending.splice(i).flat();
    this.#prefixes.truncate(i - 1);
    this.#chosen.length = i;
    for (const e of elements) this.#depth[e] = 0;
    return elements;
  }

  /** The elements of gain >= tau at G_i; the others end at level i. */
  #filter(elements: readonly number[], i: number): number[] {
    return elements.filter((e) => {
      const stays = this.#prefixes.gainAt(i, e) >= this.threshold;
      if (!stays) this.#put(e, i);
      return stays;
    });
  }

  #put(e: number, level: number): void {
    this.#depth[e] = level;
    this.#place[e] = this.#ending[level].length;
    this.#ending[level].push(e);
  }

  #take(e: number): void {
    const elements = this.#ending[this.#depth[e]];
    const last = elements.pop() as number;
    if (last !== e) {
      elements[this.#place[e]] = last;
      this.#place[last] = this.#place[e];
    }
    this.#depth[e] = 0;
  }
}
