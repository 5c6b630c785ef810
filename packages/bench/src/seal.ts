import { digestJson, type JsonValue } from '@lemmata/core';
import type { JsonObject } from './json-object.js';

/**
 * Adds a record's digest of itself: the SHA-256 of its canonical JSON without the member `digest`.
 *
 * @param record - JSON data
 * @returns the same with `digest`
 */
export async function seal(record: JsonValue): Promise<JsonObject> {
  const { digest: _, ...content } = record as JsonObject;
  return { ...content, digest: await digestJson(content) };
}

/**
 * Whether a record is what it was when it was sealed.
 *
 * @param record - what a file holds, parsed
 */
export async function isSealed(record: unknown): Promise<boolean> {
  if (record === null || typeof record !== 'object' || Array.isArray(record)) return false;
  const { digest, ...content } = record as JsonObject;
  return digest === (await digestJson(content));
}
