import { DimensionError, InvalidInputError, notFinite, type RandomStream, refusal, requireNumber } from '@lemmata/core';
import { RELAXATION_GRID } from './grid.js';

/** What a tuner proposes to try. */
export interface Suggestion {
  /** Number of the question, to be given back with its cost; an integer >= 0. */
  readonly id: number;
  /** Position of the parameter in the grid, an integer >= 0. */
  readonly arm: number;
  /** The parameter to try. */
  readonly parameter: number;
}

/** Something that proposes parameters and learns from their costs. Several questions may be open at a time. */
export interface Tuner<Snapshot = unknown> {
  /** The parameters to choose from, rising. */
  readonly parameters: readonly number[];
  /** Whether questions come with a number that describes the instance. */
  readonly contextual: boolean;
  /** The seed as a string. */
  readonly seed: string;
  /** Costs learnt from, an integer >= 0. */
  readonly rounds: number;
  /** Proposes a parameter; a contextual tuner needs the context, the others refuse one. */
  ask(context?: number): Suggestion;
  /** Learns the cost of an open question, >= 0. */
  tell(id: number, cost: number): void;
  /** Closes an open question without a cost. */
  withdraw(id: number): void;
  /** The parameter that looks best, without exploration. */
  best(context?: number): number;
  /** The whole state as plain JSON-safe data. */
  snapshot(): Snapshot;
}

/** The range of the contexts of a tuner; a context outside counts as the nearer end. */
export interface ContextRange {
  /** Smallest context, finite. */
  readonly min: number;
  /** Largest context, finite, > min. */
  readonly max: number;
}

/** Open questions by number, each with what the tuner needs to learn from its answer. */
export class OpenQuestions<Note> {
  readonly #notes: Map<number, Note>;
  #next: number;

  /**
   * @param next - number of the next question
   * @param open - the open ones
   */
  constructor(next = 0, open: readonly (readonly [number, Note])[] = []) {
    this.#next = next;
    this.#notes = new Map(open);
  }

  /** Number of the next question, which is also how many there were. */
  get next(): number {
    return this.#next;
  }

  /** Notes a question and gives its number. */
  open(note: Note): number {
    this.#notes.set(this.#next, note);
    return this.#next++;
  }

  /** Closes a question and gives its note. */
  close(id: number): Note {
    const note = this.#notes.get(id);
    if (note === undefined) {
      throw new InvalidInputError(`id: expected the number of an open question, got ${String(id)}`, 'ERR_STATE', {
        argument: 'id',
        expected: [...this.#notes.keys()],
        actual: id,
      });
    }
    this.#notes.delete(id);
    return note;
  }

  /** The open questions, as plain data. */
  list(): [number, Note][] {
    return [...this.#notes];
  }
}

/** Requires a rising grid of finite numbers; the default is that for relaxation factors. */
export function requireGrid(value: ArrayLike<number> | undefined): readonly number[] {
  if (value === undefined) return RELAXATION_GRID;
  if (typeof value !== 'object' || value === null || typeof value.length !== 'number') {
    throw refusal('options.parameters', 'an array of numbers', value);
  }
  const grid = Array.from(value);
  if (grid.length === 0) throw tooFew('options.parameters');
  grid.forEach((entry, i) => {
    const place = `options.parameters[${i}]`;
    if (typeof entry !== 'number' || !Number.isFinite(entry)) throw notFinite(place, entry, i);
    if (i > 0 && !(entry > grid[i - 1])) throw refusal(place, `a number > ${grid[i - 1]} (rising order)`, entry);
  });
  return grid;
}

/** The error for a list without entries. */
export function tooFew(argument: string): DimensionError {
  return new DimensionError(`${argument}: expected at least 1 entry, got 0`, { argument, expected: 1, actual: 0 });
}

/** Requires a range of contexts. */
export function requireRange(range: ContextRange): void {
  if (typeof range !== 'object' || range === null) throw refusal('options.context', '{ min, max }', range);
  requireNumber('options.context.min', range.min);
  requireNumber('options.context.max', range.max);
  if (!(range.max > range.min)) throw refusal('options.context.max', `a number > ${range.min}`, range.max);
}

/** Where a context lies in its range, from 0 to 1. */
export function positionOf(range: ContextRange, context: number | undefined): number {
  const value = requireNumber('context', context);
  const { min, max } = range;
  return Math.min(Math.max((value - min) / (max - min), 0), 1);
}

/** Refuses a context where none is used. */
export function refuseContext(context: number | undefined): void {
  if (context === undefined) return;
  throw new InvalidInputError(
    `context: expected none (the tuner has no range of contexts), got ${context}`,
    'ERR_INPUT',
    {
      argument: 'context',
      expected: undefined,
      actual: context,
    },
  );
}

/** Requires the plain data of a tuner. */
export function requireFormat(snapshot: { readonly format: string; readonly version: number }, format: string): void {
  if (snapshot?.format === format && snapshot.version === 1) return;
  throw new InvalidInputError(`snapshot: expected ${format}, version 1, got something else`, 'ERR_FORMAT', {
    argument: 'snapshot',
    expected: `${format} version 1`,
  });
}

/** Draws an arm by inversion: one uniform number, probabilities added in rising order. */
export function drawArm(probabilities: ArrayLike<number>, stream: RandomStream): number {
  const draw = stream.uniform();
  let sum = 0;
  for (let arm = 0; arm < probabilities.length - 1; arm++) {
    sum += probabilities[arm];
    if (draw < sum) return arm;
  }
  return probabilities.length - 1;
}

/** Position of the smallest entry, the first of equals. */
export function smallest(values: ArrayLike<number>): number {
  let arm = 0;
  for (let i = 1; i < values.length; i++) if (values[i] < values[arm]) arm = i;
  return arm;
}
