import type { Bounded } from '../cells.js';
import type { Params } from '../contracts.js';
import { listParams } from '../params.js';

/** What stands where there is no number. */
export const NONE = '–';

/**
 * Writes seconds with three digits in the unit that suits them.
 *
 * @param seconds - a time, or null
 */
export function formatSeconds(seconds: number | null): string {
  if (seconds === null) return NONE;
  if (seconds >= 1) return `${threeDigits(seconds)} s`;
  if (seconds >= 1e-3) return `${threeDigits(seconds * 1e3)} ms`;
  return `${threeDigits(seconds * 1e6)} µs`;
}

function threeDigits(value: number): string {
  return value >= 999.5 ? String(Math.round(value)) : value.toPrecision(3);
}

/**
 * Writes a number that may be very small, such as a gap: exponents where plain digits would be long.
 *
 * @param value - a number, or null
 */
export function formatNumber(value: number | null): string {
  if (value === null) return NONE;
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(1);
  return Number.isInteger(value) ? groupDigits(value) : value.toPrecision(3);
}

function groupDigits(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/**
 * Writes a target with all its digits, in exponents where it is small.
 *
 * @param target - a target, or null
 */
export function formatTarget(target: number | null): string {
  if (target === null) return NONE;
  return target < 1e-3 ? target.toExponential() : String(target);
}

/**
 * Writes a ratio with its bound.
 *
 * @param ratio - a ratio, or null
 */
export function formatRatio(ratio: Bounded | null): string {
  if (ratio === null) return NONE;
  const { value, bound } = ratio;
  const digits =
    value >= 99.5
      ? String(Math.round(value))
      : value >= 9.95
        ? value.toFixed(1)
        : value >= 0.995
          ? value.toFixed(2)
          : value.toPrecision(2);
  return `${bound}${bound === '' ? '' : ' '}${digits}×`;
}

/**
 * Names a problem or a data set with its parameters.
 *
 * @param named - name and parameters
 */
export function formatNamed({ name, params }: { readonly name: string; readonly params: Params }): string {
  const list = listParams(params);
  return list === '' ? name : `${name} (${list})`;
}

/**
 * Names problems or data sets by the parameters in which those of one name differ.
 *
 * @param all - everything that is to be told apart
 * @returns short names by id
 */
export function shortNames(
  all: readonly { readonly id: string; readonly name: string; readonly params: Params }[],
): ReadonlyMap<string, string> {
  const differs = (name: string, key: string): boolean =>
    new Set(all.filter((other) => other.name === name).map(({ params }) => JSON.stringify(params[key]))).size > 1;
  return new Map(
    all.map(({ id, name, params }) => {
      const kept = Object.entries(params).filter(([key]) => differs(name, key));
      return [id, formatNamed({ name, params: Object.fromEntries(kept) })];
    }),
  );
}

/**
 * Ends a text with a full stop unless it has an end already.
 *
 * @param text - a sentence of a definition
 */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/**
 * Sums statuses up: the word when all are equal, else each with its number.
 *
 * @param statuses - one a repetition
 */
export function formatStatuses(statuses: readonly string[]): string {
  const kinds = [...new Set(statuses)];
  if (kinds.length === 1) return kinds[0];
  return kinds.map((kind) => `${statuses.filter((status) => status === kind).length} ${kind}`).join(', ');
}
