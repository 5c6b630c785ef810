/** Neumaier's sum: each addition's error is carried along, so that the result is as if summed in twice the precision. */
export class CompensatedSum {
  #sum = 0;
  #error = 0;

  add(term: number): void {
    const next = this.#sum + term;
    this.#error += Math.abs(this.#sum) >= Math.abs(term) ? this.#sum - next + term : term - next + this.#sum;
    this.#sum = next;
  }

  get value(): number {
    return this.#sum + this.#error;
  }
}

/** The 2-norm of numbers. */
export function norm(values: Iterable<number>): number {
  const sum = new CompensatedSum();
  for (const value of values) sum.add(value * value);
  return Math.sqrt(sum.value);
}
