import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { TaskRecord } from '../src/record.js';
import { parseRecord } from '../src/record-schema.js';

const program = fileURLToPath(new URL('../bin/lemmata-bench.js', import.meta.url));

/** The fixtures of this package. */
export const fixtures: string = fileURLToPath(new URL('./fixtures', import.meta.url));

/** How a command ended and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line in a process group of its own. */
export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): {
  readonly pid: number;
  readonly ended: Promise<Ended>;
} {
  if (!existsSync(fileURLToPath(new URL('../dist/cli.js', import.meta.url)))) {
    throw new Error('dist: expected the built package (npm run build), got none');
  }
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env }, detached: true });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { pid: child.pid as number, ended };
}

/** Runs the command line to its end. */
export function lemmataBench(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return start(args, env).ended;
}

/** A folder that is removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lemmata-bench-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** All records of a folder of results, by key; each is checked against the schema. */
export async function recordsOf(folder: string): Promise<Map<string, TaskRecord>> {
  const records = new Map<string, TaskRecord>();
  for (const name of (await readdir(join(folder, 'tasks'))).sort()) {
    if (!name.endsWith('.json')) continue;
    const record = parseRecord(JSON.parse(await readFile(join(folder, 'tasks', name), 'utf8')), name);
    records.set(record.taskKey, record);
  }
  return records;
}
