import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestBytes, randomStream } from '@lemmata/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkIntegrity } from '../src/check-integrity.js';
import { curveDifference, treeDifference, ulpDistance } from '../src/first-difference.js';
import { readPlan } from '../src/results-folder.js';
import { seal } from '../src/seal.js';
import { digestTree, treeFromBytes, treeToBytes } from '../src/tree.js';
import { lemmataBench, recordsOf } from './command-line.js';
import { writeSuite } from './suite-file.js';

let folder = '';
let out = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lemmata-verify-test-'));
  out = join(folder, 'out');
  const suite = await writeSuite(join(folder, 'suite.json'), {
    targets: [1e-2, 1e-4],
    solvers: [
      { module: 'descent.mjs' },
      { module: 'peer.mjs', label: 'peer' },
      { module: 'faulty.mjs', label: 'skipping', cells: [{ fault: 'skip' }] },
    ],
  });
  await lemmataBench(['run', '--out', out, suite]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Changes a file, does something, and puts the file back. */
async function withChange<T>(file: string, change: (bytes: Buffer) => Uint8Array, work: () => Promise<T>): Promise<T> {
  const before = await readFile(file);
  await writeFile(file, change(Buffer.from(before)));
  try {
    return await work();
  } finally {
    await writeFile(file, before);
  }
}

/** The bytes with the one at `at` changed to another that a text may hold. */
const flip =
  (at: number) =>
  (bytes: Buffer): Uint8Array => {
    bytes[at] = bytes[at] === 0x31 ? 0x32 : 0x31;
    return bytes;
  };

describe('verify', () => {
  it('repeats all finished tasks and finds the same digests', async () => {
    const { code, stdout } = await lemmataBench(['verify', out]);
    expect(stdout).toContain('0 damaged files; 6 of 6 finished tasks repeated: 6 reproduced');
    expect(code).toBe(0);
  });

  it('draws a sample by its seed', async () => {
    const keysOf = async (seed: string): Promise<string[]> => {
      const { stdout } = await lemmataBench(['verify', out, '--sample', '2', '--seed', seed, '--json']);
      return JSON.parse(stdout).repeats.map(({ taskKey }: { taskKey: string }) => taskKey);
    };
    expect(await keysOf('a')).toEqual(await keysOf('a'));
    expect(await keysOf('a')).toHaveLength(2);
  });

  it('tells the first task, iteration and column that differ, and by how many ulps', async () => {
    const records = [...(await recordsOf(out)).values()].filter(({ solver }) => solver.label === 'descent');
    const [{ taskKey }] = records;
    const file = join(out, 'tasks', `${taskKey}.json`);
    const stored = JSON.parse(await readFile(file, 'utf8'));
    const gaps = [...stored.curve.metrics.gap];
    gaps[3] += gaps[3] * 4 * Number.EPSILON;
    const ulps = ulpDistance(gaps[3], stored.curve.metrics.gap[3]);
    const curve = { ...stored.curve, metrics: { gap: gaps } };
    const changed = await seal({ ...stored, curve, digests: { ...stored.digests, curve: '0'.repeat(64) } });
    const { code, stdout } = await withChange(
      file,
      () => Buffer.from(`${JSON.stringify(changed, null, 2)}\n`),
      () => lemmataBench(['verify', out]),
    );
    expect(code).toBe(4);
    expect(stdout).toContain(`(${taskKey.slice(0, 12)}): iteration 3, gap: expected ${gaps[3]}`);
    expect(stdout).toContain(`${ulps} ulps apart`);
    expect(stdout).toContain('0 damaged files; 6 of 6 finished tasks repeated: 5 reproduced');
  });

  it('tells which entry of a solution differs when the curve does not', async () => {
    const record = [...(await recordsOf(out)).values()].find(({ solver }) => solver.label === 'descent');
    const key = record?.taskKey as string;
    const file = join(out, 'tasks', `${key}.json`);
    const solution = join(out, 'artifacts', key, 'solution.bin');
    const tree = treeFromBytes(await readFile(solution), 'solution') as { x: Float64Array };
    tree.x[7] = -tree.x[7];
    const bytes = treeToBytes(tree);
    const stored = JSON.parse(await readFile(file, 'utf8'));
    const changed = await seal({
      ...stored,
      digests: { ...stored.digests, solution: await digestTree(tree) },
      solutionFile: await digestBytes(bytes),
    });
    const { code, stdout } = await withChange(
      solution,
      () => bytes,
      () =>
        withChange(
          file,
          () => Buffer.from(`${JSON.stringify(changed, null, 2)}\n`),
          () => lemmataBench(['verify', out]),
        ),
    );
    expect(code).toBe(4);
    expect(stdout).toContain(`solution.x[7]: expected ${tree.x[7]}, got ${-tree.x[7]}`);
  });

  it('finds one changed byte, wherever in a record or a solution it is', async () => {
    const plan = await readPlan(out);
    expect(await checkIntegrity(out, plan)).toEqual([]);
    const record = [...(await recordsOf(out)).values()].find(({ solver }) => solver.label === 'descent');
    const key = record?.taskKey as string;
    const places = randomStream('bytes');
    for (const name of [`tasks/${key}.json`, `artifacts/${key}/solution.bin`]) {
      const file = join(out, name);
      const { length } = await readFile(file);
      const tried = [0, length - 1, ...Array.from({ length: 150 }, () => places.integer(length))];
      for (const at of tried) {
        const damage = await withChange(file, flip(at), () => checkIntegrity(out, plan));
        expect([name, at, damage.map((one) => one.file)]).toEqual([name, at, [name]]);
      }
    }
    const ended = await withChange(join(out, 'artifacts', key, 'solution.bin'), flip(100), () =>
      lemmataBench(['verify', out, '--sample', '1']),
    );
    expect(ended.code).toBe(4);
    expect(ended.stdout).toContain(`damaged: artifacts/${key}/solution.bin: expected SHA-256`);
  });

  it('finds a changed plan and a record under another name', async () => {
    const plan = await readPlan(out);
    const changed = { ...plan, tasks: plan.tasks.slice(1) };
    expect((await checkIntegrity(out, changed)).map(({ file }) => file)).toEqual(['plan.json']);
    const [one, two] = (await recordsOf(out)).keys();
    const other = await readFile(join(out, 'tasks', `${two}.json`));
    const damage = await withChange(
      join(out, 'tasks', `${one}.json`),
      () => other,
      () => checkIntegrity(out, plan),
    );
    expect(damage[0].problem).toContain(`got that of ${two}`);
  });
});

describe('distances in ulps', () => {
  it('count the doubles between two numbers', () => {
    expect(ulpDistance(1, 1 + Number.EPSILON)).toBe(1);
    expect(ulpDistance(1, 1 - Number.EPSILON)).toBe(2);
    expect(ulpDistance(-1, -1 - Number.EPSILON)).toBe(1);
    expect(ulpDistance(0, -0)).toBe(1);
    expect(ulpDistance(5e-324, -5e-324)).toBe(3);
    expect(ulpDistance(Number.NaN, Number.NaN)).toBe(0);
    expect(ulpDistance(Number.NaN, 1)).toBe(Infinity);
  });

  it('are those of the first row and column that differ, as far as rows have to agree', () => {
    const curve = { iteration: [0, 1, 2], count: [0, 5, 10], seconds: [0, 1, 2], metrics: { gap: [1, 0.5, 0.25] } };
    expect(curveDifference(curve, { ...curve, seconds: [0, 9, 9] })).toBeUndefined();
    const longer = { ...curve, iteration: [0, 1, 3], count: [0, 5, 15] };
    expect(curveDifference(curve, longer, 2)).toBeUndefined();
    expect(curveDifference(curve, longer)).toMatchObject({ iteration: 2, column: 'iteration', found: '3' });
    expect(curveDifference(curve, { ...curve, metrics: {} })).toMatchObject({ column: 'gap', ulps: Infinity });
  });

  it('are those of the first leaf of a tree', () => {
    const tree = { a: Float64Array.of(1, 2), b: [{ c: -0 }] };
    expect(treeDifference(tree, { a: Float64Array.of(1, 2), b: [{ c: -0 }] })).toBeUndefined();
    expect(treeDifference(tree, { ...tree, b: [{ c: 0 }] })).toMatchObject({ column: 'solution.b[0].c', ulps: 1 });
    expect(treeDifference(tree, { ...tree, a: Float64Array.of(1) })).toMatchObject({ column: 'solution.a[1]' });
    expect(treeDifference(tree, { ...tree, a: 3 })).toMatchObject({ column: 'solution.a', stored: 'a branch' });
  });
});
