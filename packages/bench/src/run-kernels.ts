import { fork } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestJson, type JsonValue, randomStream } from '@lemmata/core';
import { recordEnvironment, threadVariables } from './environment.js';
import { readJson, writeJson } from './files.js';
import type { Kernel, KernelVersionKind } from './kernel-contracts.js';
import { parseKernelTable } from './kernel-schema.js';
import type { KernelLine, KernelRow, KernelTable } from './kernel-table.js';
import { loadKernels } from './load-module.js';
import { ratioInterval } from './pair-statistics.js';
import { hidePrivate } from './privacy.js';
import { resultPaths } from './results-folder.js';
import type { InterruptSignal } from './run-plan.js';
import { seal } from './seal.js';
import { sourceDigest } from './source-digest.js';
import type { KernelAnswer, KernelAssignment } from './time-kernel.js';
import { treeFromBytes } from './tree.js';
import { COMPILER_FLAGS, compileYardstick, runYardstick } from './yardstick.js';

/** How kernels are measured. */
export interface KernelOptions {
  /** Number of processes of each version, an integer >= 2; default 7. */
  readonly rounds?: number;
  /** Seconds that a process measures for, default 0.2. */
  readonly seconds?: number;
  /** Aborting it ends the measuring; nothing is kept. */
  readonly signal?: InterruptSignal;
  /** Told before each round of a kernel. */
  readonly onRound?: (kernel: string, round: number, rounds: number) => void;
}

/** A version while it is measured. */
interface Contender {
  readonly label: string;
  readonly kind: KernelVersionKind;
  readonly measure: (() => Promise<{ seconds: number; result: Float64Array }>) | null;
  readonly seconds: number[];
  status: KernelLine['status'];
  message: string;
  result?: Float64Array;
}

/**
 * Measures the kernels of built modules and keeps the table in a folder of results; a whole table of the same sources
 * and the same environment is used again.
 *
 * Every version of a kernel runs once a round, each time in a process of its own, rounds alternating their order. Ratios
 * are medians over rounds of time divided by that of the first version. Results are compared outside the clock.
 *
 * @param folder - folder of results, made when it is missing
 * @param modules - absolute paths of modules that export `kernels`
 * @param options - rounds, seconds, progress
 * @returns the table, undefined when the signal ended it
 * @throws InvalidInputError `ERR_FORMAT` when a module does not export kernels
 */
export async function settleKernels(
  folder: string,
  modules: readonly string[],
  options: KernelOptions = {},
): Promise<KernelTable | undefined> {
  const { rounds = 7, seconds = 0.2, onRound, signal } = options;
  const root = resolve(folder);
  const { id: environmentId } = await recordEnvironment(root, 1);
  const loaded = await Promise.all(modules.map(async (file) => ({ file, kernels: await loadKernels(file) })));
  const sources = await sourcesOf(loaded, rounds, seconds);
  const earlier = await readKernels(root);
  const failed = earlier?.kernels.some(({ versions }) => versions.some(({ status }) => status === 'failed')) ?? true;
  if (earlier?.sources === sources && earlier.environmentId === environmentId && !failed) return earlier;

  const work = join(root, 'work', 'kernels');
  await mkdir(work, { recursive: true });
  const rows: KernelRow[] = [];
  for (const { file, kernels } of loaded) {
    for (const [place, kernel] of kernels.entries()) {
      const contenders = await contendersOf(file, place, kernel, work, seconds);
      for (let round = 0; round < rounds; round++) {
        onRound?.(`${kernel.name}, ${kernel.size}`, round, rounds);
        for (const one of round % 2 === 0 ? contenders : [...contenders].reverse()) {
          if (signal?.aborted) return undefined;
          await measureOnce(one);
        }
      }
      rows.push(rowOf(kernel, contenders));
    }
  }
  const compiler = COMPILER_FLAGS.join(' ');
  const table = { schema: 1, sources, environmentId, rounds, compiler, kernels: rows };
  const sealed = await seal(table as unknown as JsonValue);
  await writeJson(resultPaths(root).kernels, sealed);
  return parseKernelTable(sealed, 'kernels.json');
}

/** Reads the table of kernels of a folder of results, undefined when there is none that is whole. */
export async function readKernels(folder: string): Promise<KernelTable | undefined> {
  try {
    const value = await readJson(resultPaths(folder).kernels, 'kernels.json');
    if (value === undefined) return undefined;
    const table = parseKernelTable(value, 'kernels.json');
    return table.digest === (await seal(value as JsonValue))['digest'] ? table : undefined;
  } catch {
    return undefined;
  }
}

async function sourcesOf(
  loaded: readonly { readonly file: string; readonly kernels: readonly Kernel[] }[],
  rounds: number,
  seconds: number,
): Promise<string> {
  const digests: JsonValue[] = [rounds, seconds];
  for (const { file, kernels } of loaded) {
    const native = new Set(kernels.flatMap((kernel) => kernel.native.map(({ source }) => source)));
    digests.push((await sourceDigest(file, [...native])).digest);
  }
  return digestJson(digests);
}

async function contendersOf(
  file: string,
  place: number,
  kernel: Kernel,
  work: string,
  seconds: number,
): Promise<Contender[]> {
  const start = { seconds: [], status: 'measured', message: '' } as const;
  const ours = kernel.versions.map(({ label, kind }, version): Contender => {
    const assignment = { file, kernel: place, version, seconds, result: join(work, 'result.bin') };
    return { ...start, seconds: [], label, kind, measure: () => measureInProcess(assignment) };
  });
  if (kernel.native.length === 0) return ours;
  const input = join(work, 'input.bin');
  const data = kernel.input();
  await writeFile(input, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  const native: Contender[] = [];
  for (const [i, version] of kernel.native.entries()) {
    const compiled = await compileYardstick(version, join(work, `yardstick-${i}`));
    const named = { ...start, seconds: [], label: version.label, kind: 'yardstick' as const };
    if ('unsupported' in compiled) {
      native.push({ ...named, status: 'unsupported', message: compiled.unsupported, measure: null });
      continue;
    }
    const files = { input, result: join(work, 'native.bin') };
    native.push({ ...named, measure: () => runYardstick(compiled.program, files, seconds, kernel.sizes) });
  }
  return [...ours, ...native];
}

async function measureOnce(contender: Contender): Promise<void> {
  if (contender.measure === null || contender.status !== 'measured') return;
  try {
    const { seconds, result } = await contender.measure();
    contender.seconds.push(seconds);
    contender.result ??= result;
  } catch (error) {
    contender.status = 'failed';
    const { message, stderr = '' } = error as Error & { stderr?: string };
    contender.message = hidePrivate(stderr === '' ? message : stderr.trim());
  }
}

function measureInProcess(assignment: KernelAssignment): Promise<{ seconds: number; result: Float64Array }> {
  const child = fork(fileURLToPath(new URL('./kernel-worker.js', import.meta.url)), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
    env: { ...process.env, ...threadVariables(1) },
  });
  child.send(assignment);
  let answer: KernelAnswer | undefined;
  return new Promise((settle, reject) => {
    child.on('error', reject);
    child.on('message', (message: KernelAnswer) => {
      answer = message;
    });
    child.on('close', (code, signal) => {
      const { seconds, message } = answer ?? {
        seconds: null,
        message: `process ended with ${signal ?? `code ${code}`}`,
      };
      if (seconds === null) return reject(new Error(message));
      readFile(assignment.result)
        .then((bytes) => treeFromBytes(bytes, 'result') as { result: Float64Array })
        .then(({ result }) => settle({ seconds, result }), reject);
    });
  });
}

function rowOf({ name, size, operations, tolerance }: Kernel, contenders: readonly Contender[]): KernelRow {
  const [first] = contenders;
  const versions = contenders.map((one): KernelLine => {
    const { label, kind, seconds } = one;
    const wrong = one.status === 'measured' ? mismatch(first, one, tolerance) : '';
    const status = wrong === '' ? one.status : 'wrong';
    const compared = status === 'measured' && first.status === 'measured';
    const stream = randomStream(`${name} ${size}`).fork(label);
    const ratio = compared ? ratioInterval(first.seconds, seconds, stream) : null;
    return { label, kind, status, message: wrong || one.message, seconds, ratio };
  });
  return { name, size, operations, versions };
}

/** What is wrong with a version's result, empty when nothing is. */
function mismatch(first: Contender, other: Contender, tolerance: number): string {
  const [expected, actual] = [first.result, other.result];
  if (expected === undefined || actual === undefined || first === other) return '';
  if (expected.length !== actual.length) return `expected ${expected.length} numbers, got ${actual.length}`;
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  const allowed = other.kind === 'twin' ? 0 : tolerance * scale;
  for (let i = 0; i < expected.length; i++) {
    const distance = Math.abs(expected[i] - actual[i]);
    if (!(distance <= allowed)) return `expected [${i}] = ${expected[i]} within ${allowed}, got ${actual[i]}`;
  }
  return '';
}
