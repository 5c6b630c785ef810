import { setImmediate } from 'node:timers/promises';
import { digestJson, type JsonValue } from '@lemmata/core';
import type { Claim, ClaimBound } from './contracts.js';
import { readJson, writeJson } from './files.js';
import { parseLedger } from './ledger-schema.js';
import { loadClaims } from './load-module.js';
import { toLosslessJson } from './lossless-json.js';
import { hidePrivate } from './privacy.js';
import { resultPaths } from './results-folder.js';
import type { InterruptSignal } from './run-plan.js';
import { seal } from './seal.js';
import { sourceDigest } from './source-digest.js';

/** A claim with what was seen. */
export interface LedgerLine {
  /** The claim's id. */
  readonly id: string;
  /** Where the bound is written. */
  readonly source: string;
  /** The claim in words. */
  readonly statement: string;
  /** On what it is measured. */
  readonly workload: string;
  /** What the measured number must keep to. */
  readonly bound: ClaimBound;
  /** What was measured, null when measuring failed. */
  readonly seen: number | null;
  /** What the same measurement gives with the baseline in the place of the algorithm; null when the claim names none. */
  readonly baseline: number | null;
  /** `holds`; `fails` the bound is not kept; `empty` the baseline keeps it as well; `error` measuring failed. */
  readonly outcome: 'holds' | 'fails' | 'empty' | 'error';
  /** What went wrong; empty when it was measured. */
  readonly message: string;
}

/** How claims are measured. */
export interface ClaimOptions {
  /** Aborting it leaves the claims that are not measured yet as errors. */
  readonly signal?: InterruptSignal;
  /** Told before each claim. */
  readonly onClaim?: (id: string) => void;
}

/** What became of the claims of some modules: the content of `claims.json`, version 1. */
export interface Ledger {
  /** Version of this form, 1. */
  readonly schema: 1;
  /** SHA-256 of the sources of the modules. */
  readonly sources: string;
  /** One line a claim, in the order of the modules. */
  readonly lines: readonly LedgerLine[];
  /** SHA-256 of this ledger without this member. */
  readonly digest: string;
}

/**
 * Whether a number keeps to a bound.
 *
 * @param value - what was seen
 * @param bound - the bound
 */
export function keeps(value: number, bound: ClaimBound): boolean {
  return 'atMost' in bound ? value <= bound.atMost : value >= bound.atLeast;
}

/**
 * Measures the claims of built modules.
 *
 * @param modules - absolute paths of modules that export `claims`
 * @param options - signal and progress
 * @returns the ledger: failures are lines, not exceptions
 * @throws InvalidInputError `ERR_FORMAT` when a module does not export claims
 */
export async function measureClaims(modules: readonly string[], options: ClaimOptions = {}): Promise<Ledger> {
  const claims: Claim[] = [];
  for (const file of modules) claims.push(...(await loadClaims(file)));
  const lines: LedgerLine[] = [];
  for (const claim of claims) {
    if (options.signal?.aborted) {
      lines.push(lineOf(claim, { outcome: 'error', message: 'interrupted' }));
      continue;
    }
    options.onClaim?.(claim.id);
    lines.push(await measureClaim(claim));
    // An interrupt is noticed in a macrotask.
    await setImmediate();
  }
  const ledger = { schema: 1, sources: await sourcesOf(modules), lines };
  return parseLedger(await seal(toLosslessJson(ledger)), 'claims.json');
}

async function measureClaim(claim: Claim): Promise<LedgerLine> {
  const { bound } = claim;
  try {
    const seen = await claim.measure();
    const baseline = (await claim.measureBaseline?.()) ?? null;
    const empty = baseline !== null && keeps(baseline, bound);
    const outcome = !keeps(seen, bound) ? 'fails' : empty ? 'empty' : 'holds';
    return lineOf(claim, { seen, baseline, outcome });
  } catch (error) {
    const message = hidePrivate((error as Error).message ?? String(error));
    return lineOf(claim, { outcome: 'error', message });
  }
}

function lineOf(claim: Claim, found: Pick<LedgerLine, 'outcome'> & Partial<LedgerLine>): LedgerLine {
  const { id, source, statement, workload, bound } = claim;
  return { id, source, statement, workload, bound, seen: null, baseline: null, message: '', ...found };
}

async function sourcesOf(modules: readonly string[]): Promise<string> {
  const digests: JsonValue[] = [];
  for (const file of modules) digests.push((await sourceDigest(file)).digest);
  return digestJson(digests);
}

/**
 * Measures the claims of a run and keeps the ledger in its folder; a whole ledger of the same sources is used again.
 *
 * @param folder - folder of results
 * @param modules - absolute paths of modules
 * @param options - signal and progress
 * @returns the ledger
 */
export async function settleClaims(
  folder: string,
  modules: readonly string[],
  options: ClaimOptions = {},
): Promise<Ledger> {
  const earlier = await readLedger(folder);
  const clean = earlier?.lines.every(({ outcome }) => outcome !== 'error') ?? false;
  if (earlier !== undefined && clean && earlier.sources === (await sourcesOf(modules))) return earlier;
  const ledger = await measureClaims(modules, options);
  await writeJson(resultPaths(folder).claims, toLosslessJson(ledger));
  return ledger;
}

/** Reads the ledger of a folder of results, undefined when there is none that is whole. */
export async function readLedger(folder: string): Promise<Ledger | undefined> {
  try {
    const value = await readJson(resultPaths(folder).claims, 'claims.json');
    if (value === undefined) return undefined;
    const ledger = parseLedger(value, 'claims.json');
    return ledger.digest === (await seal(value as JsonValue))['digest'] ? ledger : undefined;
  } catch {
    return undefined;
  }
}
