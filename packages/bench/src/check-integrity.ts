import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestBytes, digestJson } from '@lemmata/core';
import { readLedger } from './claims.js';
import { parseComparison } from './comparison-schema.js';
import { SOLUTION_FILE } from './execute-task.js';
import { toLosslessJson } from './lossless-json.js';
import { readManifest } from './manifest.js';
import type { Plan } from './plan.js';
import { parseRecord } from './record-schema.js';
import { resultPaths } from './results-folder.js';
import { readKernels } from './run-kernels.js';
import { isSealed } from './seal.js';

/** What is wrong with a stored file. */
export interface Damage {
  /** Its name within the folder of results. */
  readonly file: string;
  /** What was expected and what is there. */
  readonly problem: string;
}

/**
 * Checks that the stored files of a folder of results are as they were written: the plan against the manifest, every
 * record against its own digest and, to the byte, against the form in which it was written, every solution against the
 * digest in its record.
 *
 * @param folder - the folder
 * @param plan - its plan
 * @returns what is damaged, in the order of names; nothing when all is whole
 */
export async function checkIntegrity(folder: string, plan: Plan): Promise<Damage[]> {
  const damage: Damage[] = [];
  const manifest = await readManifest(folder);
  if (manifest !== undefined && manifest.plan !== (await digestJson(toLosslessJson(plan)))) {
    damage.push({ file: 'plan.json', problem: `expected SHA-256 ${manifest.plan} (manifest.json), got another plan` });
  }
  for (const name of await namesIn(folder, 'tasks')) damage.push(...(await checkTask(folder, name)));
  for (const name of await namesIn(folder, 'comparisons')) {
    const problem = await checkJson(join(folder, name), name, (value) => {
      return parseComparison(value, name).comparisonKey;
    });
    if (problem !== undefined) damage.push({ file: name, problem });
  }
  const table = await readFile(resultPaths(folder).kernels, 'utf8').catch(() => undefined);
  if (table !== undefined && (await readKernels(folder)) === undefined) {
    damage.push({ file: 'kernels.json', problem: 'expected the table as it was written, got another' });
  }
  const ledger = await readFile(resultPaths(folder).claims, 'utf8').catch(() => undefined);
  if (ledger !== undefined && (await readLedger(folder)) === undefined) {
    damage.push({ file: 'claims.json', problem: 'expected the ledger as it was written, got another' });
  }
  return damage;
}

async function namesIn(folder: string, kind: string): Promise<string[]> {
  const names = await readdir(join(folder, kind)).catch(() => []);
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => `${kind}/${name}`);
}

/** What is wrong with a record's file, undefined when nothing is. `keyOf` checks its form and tells whose it is. */
async function checkJson(file: string, name: string, keyOf: (value: unknown) => string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8');
  try {
    const value = JSON.parse(text);
    const key = keyOf(value);
    if (!name.endsWith(`/${key}.json`)) return `expected the record of that name, got that of ${key}`;
    if (!(await isSealed(value))) return 'expected the digest that the record carries, got other contents';
    if (`${JSON.stringify(value, null, 2)}\n` !== text)
      return 'expected the form in which records are written, got another';
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function checkTask(folder: string, name: string): Promise<Damage[]> {
  const file = join(folder, name);
  const problem = await checkJson(file, name, (value) => parseRecord(value, name).taskKey);
  if (problem !== undefined) return [{ file: name, problem }];
  const { taskKey, solutionFile } = parseRecord(JSON.parse(await readFile(file, 'utf8')), name);
  if (solutionFile === null) return [];
  const solution = `artifacts/${taskKey}/${SOLUTION_FILE}`;
  const bytes = await readFile(join(resultPaths(folder).artifacts, taskKey, SOLUTION_FILE)).catch(() => undefined);
  const found = bytes === undefined ? 'no file' : await digestBytes(bytes);
  return found === solutionFile ? [] : [{ file: solution, problem: `expected SHA-256 ${solutionFile}, got ${found}` }];
}
