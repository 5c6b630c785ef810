import { type Backend, refusal, requireNumber } from '@lemmata/core';

/** What counted operations take, in nanoseconds; only their ratios decide. */
export interface CostTable {
  /** One pattern position at one shift, by byte lanes. */
  readonly laneComparison: number;
  /** What a shift takes beside that: bringing the text in and the count out. */
  readonly laneShift: number;
  /** One pattern position at one shift, by bit planes. */
  readonly planeComparison: number;
  /** One text symbol in the planes of one class. */
  readonly planeSymbol: number;
  /** One binary digit of the count of one shift. */
  readonly planeDigit: number;
  /** One number at one level of a Fourier transform. */
  readonly transformLevel: number;
  /** One number of a row: marking, multiplying, adding. */
  readonly transformRow: number;
  /** How many times as long transforms take in f64, where f32 is not certified. */
  readonly transformWide: number;
  /** One match that is marked. */
  readonly increment: number;
  /** Looking a text symbol's letter up, and passing it. */
  readonly symbol: number;
  /** What a shift takes in a filter beside its comparisons. */
  readonly filterShift: number;
  /** One position of a window that passed a filter. */
  readonly verification: number;
}

/** Costs where the loops run in WebAssembly, measured once on a server's processor. */
const WASM: CostTable = Object.freeze({
  laneComparison: 0.0128,
  laneShift: 0.15,
  planeComparison: 0.0046,
  planeSymbol: 0.2,
  planeDigit: 0.04,
  transformLevel: 0.1,
  transformRow: 0.5,
  transformWide: 2,
  increment: 1.5,
  symbol: 2.5,
  filterShift: 0.15,
  verification: 1.5,
});

/** Costs where everything is plain TypeScript. */
const JS: CostTable = Object.freeze({
  laneComparison: 0.3,
  laneShift: 3,
  planeComparison: 0.06,
  planeSymbol: 1.6,
  planeDigit: 1,
  transformLevel: 0.6,
  transformRow: 2.5,
  transformWide: 1,
  increment: 1.5,
  symbol: 2.5,
  filterShift: 1.5,
  verification: 1.5,
});

/**
 * The costs that methods are chosen by, the same on every machine with this backend.
 *
 * @param backend - which kernels run
 * @returns the table
 */
export function costTable(backend: Backend): CostTable {
  return backend === 'wasm' ? WASM : JS;
}

/**
 * Checks a table of costs.
 *
 * @param argument - name for messages
 * @param value - what the caller gave
 * @throws InvalidInputError `ERR_OPTION` for anything but a finite number >= 0 under each name
 */
export function requireCosts(argument: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) throw refusal(argument, 'a table of costs', value);
  for (const name of Object.keys(WASM) as (keyof CostTable)[]) {
    requireNumber(`${argument}.${name}`, (value as Partial<CostTable>)[name], 0);
  }
}
