// What a live example of the documentation is: controls, and a pure function from their values to what is shown. The same
// module runs in the page and in Node, where a test compares the numbers.

/** A number that the reader moves. */
export interface RangeControl {
  readonly kind: 'range';
  readonly name: string;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
}

/** A text that the reader edits. */
export interface TextControl {
  readonly kind: 'text';
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

/** An input of a live example. */
export type Control = RangeControl | TextControl;

/** The inputs by name. */
export type Values = Readonly<Record<string, number | string>>;

/** A number of the answer, with what it means. */
export interface Figure {
  readonly label: string;
  readonly value: number | string;
}

/** Points of one kind. */
export interface Series {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** A drawing of lines, bars or dots. */
export interface Chart {
  readonly kind: 'lines' | 'bars' | 'dots';
  readonly xLabel: string;
  readonly yLabel: string;
  readonly logY?: boolean;
  readonly series: readonly Series[];
  /** Where vertical rules stand. */
  readonly rules?: readonly number[];
}

/** Tables of numbers as coloured cells, side by side; null is a hole. */
export interface Cells {
  readonly kind: 'cells';
  readonly tables: readonly { readonly name: string; readonly rows: readonly (readonly (number | null)[])[] }[];
}

/** What an example shows. */
export interface Outcome {
  readonly figures: readonly Figure[];
  readonly drawing: Chart | Cells;
}

/** A live example. */
export interface LiveExample {
  readonly controls: readonly Control[];
  compute(values: Values): Outcome;
}

/** The values with which an example begins. */
export function initialValues({ controls }: LiveExample): Values {
  return Object.fromEntries(controls.map(({ name, value }) => [name, value]));
}
