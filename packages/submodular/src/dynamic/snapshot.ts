import { InvalidInputError, RandomStream, type RandomStreamSnapshot } from '@lemmata/core';
import type { SetFunction } from '../oracle/set-function.js';
import type { SavedLevels } from './k-levels.js';
import { type DynamicSettings, dynamicSettings } from './options.js';

/** Costs of a selector so far, all counts; the calls of the oracle are those of the whole life, restoring left out. */
export interface DynamicCounts {
  /** Elements inserted or deleted. */
  readonly updates: number;
  /** Marginal gains computed. */
  readonly gain: number;
  /** Additions to a state. */
  readonly add: number;
  /** Values from scratch; none are needed. */
  readonly value: number;
  /** Copies of a state. */
  readonly clone: number;
  /** Times that levels were built, from some level down. */
  readonly rebuilds: number;
  /** Elements that those levels were built of. */
  readonly rebuiltElements: number;
  /** Guesses that were filled from scratch. */
  readonly activations: number;
  /** Elements that entered or left the solution. */
  readonly recourse: number;
}

/** A selector as plain JSON-safe data: what `snapshot()` gives and `DynamicSelector.restore` takes. */
export interface DynamicSnapshot {
  /** Always `'lemmata/dynamic-selector'`. */
  readonly format: 'lemmata/dynamic-selector';
  /** Version of the form, 1. */
  readonly version: 1;
  /** The objective by name and size; its data are not part of the snapshot. */
  readonly objective: {
    /** Its name. */
    readonly name: string;
    /** Size of its ground set, an integer >= 0. */
    readonly n: number;
  };
  /** The options, completed. */
  readonly options: DynamicSettings;
  /** Position of the random stream. */
  readonly stream: RandomStreamSnapshot;
  /** The live elements in the order of the structure. */
  readonly live: readonly number[];
  /** The gain at the empty set of each of them. */
  readonly singletons: readonly number[];
  /** The active guesses. */
  readonly guesses: readonly SavedLevels[];
  /** Costs so far. */
  readonly counts: DynamicCounts;
}

const COUNTS = [
  'updates',
  'gain',
  'add',
  'value',
  'clone',
  'rebuilds',
  'rebuiltElements',
  'activations',
  'recourse',
] as const;

function wrong(argument: string, expected: string): InvalidInputError {
  return new InvalidInputError(`${argument}: expected ${expected}, got something else`, 'ERR_FORMAT', {
    argument,
    expected,
  });
}

function isList<T>(value: unknown, holds: (item: unknown, i: number) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(holds);
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);

/** Whether a list holds different elements of 0 .. n - 1, which `allowed` has. */
function isElementList(value: unknown, allowed: (e: number) => boolean): value is readonly number[] {
  const isElement = (e: unknown): e is number => Number.isSafeInteger(e) && allowed(e as number);
  return isList(value, isElement) && new Set(value).size === value.length;
}

function checkLevels(place: string, levels: SavedLevels, k: number, isLive: (e: number) => boolean): void {
  if (typeof levels !== 'object' || levels === null) throw wrong(place, 'the levels of a guess');
  if (!Number.isSafeInteger(levels.index)) throw wrong(`${place}.index`, 'an integer');
  if (!isNumber(levels.value)) throw wrong(`${place}.value`, 'a finite number');
  const { chosen, ending } = levels;
  if (!isElementList(chosen, isLive) || chosen.length > k) throw wrong(`${place}.chosen`, `at most ${k} live elements`);
  const isLevel = (list: unknown): list is readonly number[] => isElementList(list, isLive);
  if (!isList(ending, isLevel) || ending.length !== chosen.length || !isElementList(ending.flat(), isLive)) {
    throw wrong(`${place}.ending`, `${chosen.length} lists of different live elements`);
  }
  for (let i = 0; i < chosen.length; i++) {
    if (!ending[i].includes(chosen[i])) throw wrong(`${place}.ending[${i}]`, `a list with element ${chosen[i]}`);
  }
}

/**
 * Checks a snapshot.
 *
 * @param f - the objective that it is to go with
 * @param snapshot - what came
 * @returns the snapshot
 * @throws InvalidInputError `ERR_FORMAT` when it is no snapshot, `ERR_INCOMPATIBLE` when it is of another objective
 */
export function checkSnapshot(f: SetFunction, snapshot: DynamicSnapshot): DynamicSnapshot {
  const data = snapshot as Partial<DynamicSnapshot> | null | undefined;
  if (data?.format !== 'lemmata/dynamic-selector' || data.version !== 1) {
    throw wrong('snapshot', 'the data of DynamicSelector.snapshot(), version 1');
  }
  const { objective, options, live, singletons, guesses, counts } = snapshot;
  if (objective?.name !== f.name || objective.n !== f.n) {
    const expected = `${f.name} on ${f.n} elements`;
    const actual = `${objective?.name} on ${objective?.n} elements`;
    throw new InvalidInputError(`snapshot.objective: expected ${expected}, got ${actual}`, 'ERR_INCOMPATIBLE', {
      argument: 'snapshot.objective',
      expected,
      actual,
    });
  }
  if (typeof options !== 'object' || options === null) throw wrong('snapshot.options', 'an object');
  const { k } = dynamicSettings(options);
  RandomStream.restore(snapshot.stream);
  if (!isElementList(live, (e) => e >= 0 && e < f.n)) throw wrong('snapshot.live', 'different elements');
  if (!isList(singletons, isNumber) || singletons.length !== live.length) {
    throw wrong('snapshot.singletons', `${live.length} finite numbers`);
  }
  const members = new Set(live);
  if (!Array.isArray(guesses)) throw wrong('snapshot.guesses', 'a list');
  for (let i = 0; i < guesses.length; i++) {
    const place = `snapshot.guesses[${i}]`;
    checkLevels(place, guesses[i], k, (e) => members.has(e));
    if (i > 0 && guesses[i].index !== guesses[i - 1].index + 1) throw wrong(`${place}.index`, 'the next integer');
  }
  for (const name of COUNTS) {
    if (!(Number.isSafeInteger(counts?.[name]) && counts[name] >= 0)) throw wrong(`snapshot.counts.${name}`, 'a count');
  }
  return snapshot;
}
