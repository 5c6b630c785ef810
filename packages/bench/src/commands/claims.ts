import { resolve } from 'node:path';
import { type Ledger, measureClaims } from '../claims.js';
import { toLosslessJson } from '../lossless-json.js';
import type { Output } from '../output.js';
import { ledgerText } from '../report/ledger.js';
import { EXIT, type Request, type UsageProblem } from './request.js';

/** Measures the claims of modules and prints the ledger. */
export async function claims({ names, json }: Request, output: Output): Promise<number | UsageProblem> {
  if (names.length === 0) return { usage: 'claims: expected built modules with claims, got none' };
  const modules = names.map((name) => resolve(name));
  const ledger: Ledger = await measureClaims(modules, { onClaim: (id) => output.progress(`claim ${id}`) });
  output.progressEnd();
  output.result(json ? JSON.stringify(toLosslessJson(ledger), null, 2) : ledgerText(ledger));
  return ledger.lines.every(({ outcome }) => outcome === 'holds') ? EXIT.ok : EXIT.failedTasks;
}
