/** Multiply-adds of one slice: about 2 to 4 ms. */
const SLICE_WORK = 2097152;

/** Counts work and says when it is time to give way. */
export class Budget {
  #left: number = SLICE_WORK;

  /** Spends multiply-adds; true when a slice is full, after which the count starts again. */
  spend(work: number): boolean {
    this.#left -= work;
    if (this.#left > 0) return false;
    this.#left = SLICE_WORK;
    return true;
  }
}

/** Work that gives way after every slice. */
export type Sliced<Result = void> = Generator<'slice', Result, void>;

/**
 * Carries out sliced work without giving way.
 *
 * @param work - the generator
 * @returns what it returns
 */
export function finish<Result>(work: Sliced<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
