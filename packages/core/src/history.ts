/** Columns of numbers, one row per recorded iteration. */
export type History<Column extends string> = { readonly iteration: Int32Array } & {
  readonly [K in Column]: Float64Array;
};

/** A state that can become a row of a history. */
type Row<Column extends string> = { readonly iteration: number } & { readonly [K in Column]: number };

/** Collects the rows of a {@link History}: every so many iterations, and the last one always. */
export class HistoryRecorder<Column extends string> {
  readonly #columns: readonly Column[];
  readonly #every: number;
  readonly #rows: number[][] = [];
  #latest: number[] | undefined;

  /**
   * @param columns - names of the columns beside `iteration`
   * @param every - keep iterations divisible by this number; 0 keeps none
   */
  constructor(columns: readonly Column[], every: number) {
    this.#columns = columns;
    this.#every = every;
  }

  /** Keeps the row of this iteration if it is due, and remembers it in case it is the last. */
  record(row: Row<Column>): void {
    if (this.#every === 0) return;
    this.#latest = [row.iteration, ...this.#columns.map((column) => row[column])];
    if (row.iteration % this.#every === 0) this.#keepLatest();
  }

  /** Keeps the last row, if it was not due. */
  finish(): void {
    if (this.#latest !== undefined) this.#keepLatest();
  }

  /** The kept rows as fresh typed arrays. */
  columns(): History<Column> {
    const values = this.#columns.map((column, c) => [column, Float64Array.from(this.#rows, (row) => row[c + 1])]);
    return {
      iteration: Int32Array.from(this.#rows, (row) => row[0]),
      ...Object.fromEntries(values),
    } as History<Column>;
  }

  #keepLatest(): void {
    this.#rows.push(this.#latest as number[]);
    this.#latest = undefined;
  }
}
