import type { JsonValue } from '@lemmata/core';

/** A JSON object. */
export type JsonObject = { readonly [key: string]: JsonValue };
