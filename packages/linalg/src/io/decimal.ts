const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Reads a decimal literal of ECMAScript with an optional sign: `1`, `-0.5`, `.5`, `1.`, `2e-7`, and nothing else; no
 * spaces, no `0x`, no `Infinity`, not the empty text.
 *
 * @param text - the text
 * @returns the nearest double, an infinity when that is beyond the range of doubles, NaN when it is no such literal
 */
export function parseDecimal(text: string): number {
  return DECIMAL.test(text) ? Number(text) : Number.NaN;
}

/** The shortest decimal that {@link parseDecimal} reads as the same double, negative zero included. */
export function formatDecimal(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
