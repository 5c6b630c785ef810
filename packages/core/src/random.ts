import { refusal, requireInteger } from './checks.js';
import { InvalidInputError } from './errors.js';
import { type Alea, alea } from './generated/alea.js';
import { log } from './math/index.js';

/** State of the Alea generator. */
export interface GeneratorState {
  /** Carry, an integer >= 0. */
  readonly c: number;
  /** First fraction, in [0, 1). */
  readonly s0: number;
  /** Second fraction, in [0, 1). */
  readonly s1: number;
  /** Third fraction, in [0, 1). */
  readonly s2: number;
}

/** A stream's position as plain data: what {@link RandomStream.snapshot} gives and {@link RandomStream.restore} takes. */
export interface RandomStreamSnapshot {
  /** Always `'lemmata/random-stream'`. */
  readonly format: 'lemmata/random-stream';
  /** Version of the form, 1. */
  readonly version: 1;
  /** The seed, then the names of the forks that led here. */
  readonly path: readonly string[];
  /** State of the generator. */
  readonly state: GeneratorState;
  /** The second normal of the last pair, or null when it was used. */
  readonly spareNormal: number | null;
}

const TWO_53 = 9007199254740992;

/**
 * A seeded stream of random numbers: the same seed gives the same numbers, bit for bit, in every engine.
 *
 * Draws come from Baagøe's Alea generator (package seedrandom), 53 bits each. Forks by name are independent of how far
 * their parent has run.
 *
 * @example
 * ```ts
 * import { randomStream } from '@lemmata/core';
 *
 * const stream = randomStream(42);
 * const noise = stream.fork('noise');
 * console.log(noise.normal(), stream.permutation(5));
 * ```
 */
export class RandomStream {
  readonly #path: readonly string[];
  readonly #generator: Alea;
  #spareNormal: number | null;

  /**
   * @param path - the seed, then the names of forks
   * @param position - where to start; at the beginning when left out
   */
  constructor(path: readonly string[], position?: Pick<RandomStreamSnapshot, 'state' | 'spareNormal'>) {
    this.#path = [...path];
    // JSON keeps paths apart that plain joining would merge, such as ['a', 'b'] and ['a/b'].
    this.#generator = alea(JSON.stringify(path), { state: position === undefined ? true : { ...position.state } });
    this.#spareNormal = position?.spareNormal ?? null;
  }

  /** The seed as a string: 42 and '42' are the same seed. */
  get seed(): string {
    return this.#path[0];
  }

  /** A stream of its own for the given purpose, the same whenever it is asked for. */
  fork(name: string): RandomStream {
    if (typeof name !== 'string') throw refusal('name', 'a string', name);
    return new RandomStream([...this.#path, name]);
  }

  /** A uniform draw from [0, 1), a multiple of 2^-53. */
  uniform(): number {
    return this.#generator.double();
  }

  /** A normal draw with mean 0 and variance 1, by Marsaglia's polar method. */
  normal(): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal;
      this.#spareNormal = null;
      return spare;
    }
    let u: number;
    let v: number;
    let s: number;
    do {
      u = 2 * this.uniform() - 1;
      v = 2 * this.uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const scale = Math.sqrt((-2 * log(s)) / s);
    this.#spareNormal = v * scale;
    return u * scale;
  }

  /** An exponential draw with mean 1, by inversion: -log(1 - u). */
  exponential(): number {
    return -log(1 - this.uniform());
  }

  /**
   * A uniform draw from the integers 0 .. bound - 1, without bias.
   *
   * @param bound - number of values, an integer in [1, 2^53]
   * @throws InvalidInputError when the bound is out of its range
   */
  integer(bound: number): number {
    if (bound !== TWO_53) requireInteger('bound', bound, 1);
    // Draws at and above the largest multiple of the bound would favour small values: they are drawn again.
    const accepted = TWO_53 - (TWO_53 % bound);
    let draw: number;
    do draw = this.uniform() * TWO_53;
    while (draw >= accepted);
    return draw % bound;
  }

  /**
   * A uniform permutation of 0 .. n - 1, by Fisher and Yates.
   *
   * @param n - an integer in [0, 2^31)
   * @throws InvalidInputError when n is out of its range
   */
  permutation(n: number): Int32Array {
    requireInteger('n', n, 0, 2147483647);
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  /**
   * `count` different integers of 0 .. n - 1 in random order, each ordered choice equally likely.
   *
   * Takes O(count) time and memory: a Fisher-Yates shuffle of which only the moved entries are stored.
   *
   * @param n - size of the set, an integer in [0, 2^31)
   * @param count - how many to draw, an integer in [0, n]
   * @throws InvalidInputError when a number is out of its range
   */
  sample(n: number, count: number): Int32Array {
    requireInteger('n', n, 0, 2147483647);
    requireInteger('count', count, 0, n);
    const moved = new Map<number, number>();
    const drawn = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const j = i + this.integer(n - i);
      drawn[i] = moved.get(j) ?? j;
      moved.set(j, moved.get(i) ?? i);
    }
    return drawn;
  }

  /** The stream's position as plain JSON-safe data. */
  snapshot(): RandomStreamSnapshot {
    return {
      format: 'lemmata/random-stream',
      version: 1,
      path: [...this.#path],
      state: this.#generator.state(),
      spareNormal: this.#spareNormal,
    };
  }

  /**
   * A stream that goes on where the snapshot was taken.
   *
   * @param snapshot - what {@link RandomStream.snapshot} gave, also after JSON
   * @throws InvalidInputError `ERR_FORMAT` when it is no such snapshot
   */
  static restore(snapshot: RandomStreamSnapshot): RandomStream {
    if (!isSnapshot(snapshot)) {
      throw new InvalidInputError(
        `snapshot: expected the data of RandomStream.snapshot(), version 1, got something else`,
        'ERR_FORMAT',
        { argument: 'snapshot', expected: 'lemmata/random-stream version 1' },
      );
    }
    return new RandomStream(snapshot.path, snapshot);
  }
}

function isSnapshot(value: unknown): value is RandomStreamSnapshot {
  const candidate = value as Partial<RandomStreamSnapshot> | null | undefined;
  const state = candidate?.state as Record<string, unknown> | undefined;
  return (
    candidate?.format === 'lemmata/random-stream' &&
    candidate.version === 1 &&
    Array.isArray(candidate.path) &&
    candidate.path.length > 0 &&
    candidate.path.every((name) => typeof name === 'string') &&
    (candidate.spareNormal === null || Number.isFinite(candidate.spareNormal)) &&
    ['c', 's0', 's1', 's2'].every((key) => Number.isFinite(state?.[key]))
  );
}

/**
 * Turns a seed into the string under which it is kept in results.
 *
 * @param seed - a string, or a finite number: 42 and '42' are the same seed
 * @returns the seed as a string
 * @throws InvalidInputError `ERR_OPTION` for anything else
 */
export function seedString(seed: number | string): string {
  if (typeof seed === 'string') return seed;
  if (typeof seed === 'number' && Number.isFinite(seed)) return String(seed);
  throw refusal('options.seed', 'a string or a finite number', seed);
}

/**
 * Opens the random stream of a seed.
 *
 * @param seed - a string, or a finite number: 42 and '42' are the same seed
 * @returns the stream, at its beginning
 * @throws InvalidInputError `ERR_OPTION` for anything else
 */
export function randomStream(seed: number | string): RandomStream {
  return new RandomStream([seedString(seed)]);
}
