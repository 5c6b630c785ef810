import type { JsonValue } from '@lemmata/core';
import { z } from 'zod';

/** The numbers that JSON cannot hold, as the strings that stand for them. */
const WORDS = ['NaN', 'Infinity', '-Infinity', '-0'] as const;

/** A number of a results file: a JSON number, or one of the four strings for those that JSON cannot hold. */
export const losslessNumber: z.ZodType<number, number | (typeof WORDS)[number]> = z
  .union([z.number(), z.enum(WORDS)])
  .transform(Number);

/**
 * Turns data into JSON data that keep every number: NaN, the infinities and negative zero become strings, undefined
 * members are left out. A schema knows which fields hold numbers and turns the strings back.
 *
 * @param value - plain data: JSON with any numbers
 * @returns JSON data
 */
export function toLosslessJson(value: unknown): JsonValue {
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return '-0';
    return Number.isFinite(value) ? value : String(value);
  }
  if (Array.isArray(value)) return value.map(toLosslessJson);
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([key, member]) => [key, toLosslessJson(member)]));
  }
  return value as JsonValue;
}
