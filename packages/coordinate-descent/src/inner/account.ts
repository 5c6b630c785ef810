/** Failed factorisations after which a working set is left to passes. */
const MOST_FAILURES = 3;
/** Most times its price that a Newton step has to be worth. */
const MOST_CAUTION = 16;

/**
 * When a dearer step is due: once what it would have saved, or what was spent without it, comes to its price. Whatever the
 * passes would have been in the end, both together then cost at most twice the better choice.
 */
export class Account {
  /** What passes over products would have saved, in multiply-adds. */
  #saved = 0;
  /** What passes have cost since the last Newton step. */
  #spent = 0;
  /** Times its price that a Newton step has to be worth. */
  #caution = 1;
  #failures = 0;

  /** Books a pass: its cost, and how much less a pass over products would have cost. */
  book(cost: number, savings: number): void {
    this.#spent += cost;
    this.#saved += Math.max(0, savings);
  }

  /** Whether a table of products is paid for, given what passes to come will save at least; then the account is empty. */
  buysTable(price: number, advance: number): boolean {
    if (price > this.#saved + advance) return false;
    this.#saved = 0;
    return true;
  }

  /** Whether a Newton step is paid for; then the account is empty. */
  buysNewton(price: number): boolean {
    if (this.#failures >= MOST_FAILURES || this.#caution * price > this.#spent) return false;
    this.#spent = 0;
    return true;
  }

  /** Says that a Newton step was not possible. */
  fail(): void {
    this.#failures++;
  }

  /** Says whether a Newton step was taken as a whole. One that changed signs came too early, and the next one waits. */
  took(whole: boolean): void {
    this.#caution = whole ? 1 : Math.min(MOST_CAUTION, 2 * this.#caution);
  }

  /** Forgets failures: the working set or the penalty is another one. */
  restart(): void {
    this.#failures = 0;
    this.#caution = 1;
  }
}
