import { expect } from 'vitest';
import type { Caught } from './refusal.js';

/** One text that a reader must refuse, and how. */
export interface TextRefusal {
  readonly what: string;
  readonly source: unknown;
  readonly options?: unknown;
  /** Default `ERR_FORMAT`. */
  readonly code?: string;
  readonly message: string;
  readonly at?: readonly [line: number, column: number];
}

/** The error of a promise that must be rejected. */
export function rejection(promise: Promise<unknown>): Promise<Caught> {
  return promise.then(
    () => {
      throw new Error('expected a refusal, got a result');
    },
    (reason) => reason,
  );
}

/** Compares class, code, part of the message and place. */
export function expectTextRefusal(error: Caught, { code = 'ERR_FORMAT', message, at }: TextRefusal): void {
  expect(error.message).toContain(message);
  expect([error.name, error.code]).toEqual(['InvalidInputError', code]);
  if (at !== undefined) expect([error.details.line, error.details.column]).toEqual(at);
}

/** Bytes of a text, then others. */
export function bytes(text: string, ...more: number[]): Uint8Array {
  return Uint8Array.of(...new TextEncoder().encode(text), ...more);
}

/** A chunk for each byte. */
export function singleBytes(all: Uint8Array): Uint8Array[] {
  return Array.from(all, (byte) => Uint8Array.of(byte));
}

/** The text of chunks. */
export function textOf(chunks: Iterable<Uint8Array>): string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let joined = '';
  for (const chunk of chunks) joined += decoder.decode(chunk, { stream: true });
  return joined + decoder.decode();
}
