import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seal } from '../src/seal.js';
import { digestTree, treeFromBytes } from '../src/tree.js';
import { lemmataBench, recordsOf, temporaryFolder } from './command-line.js';
import { writeSuite } from './suite-file.js';

describe('a run', () => {
  it('writes a record and a solution for each task, and does nothing a second time', async () => {
    const folder = await temporaryFolder();
    const suite = await writeSuite(join(folder, 'suite.json'), { repetitions: 2, runs: { warm: 3 } });
    const out = join(folder, 'out');
    const first = await lemmataBench(['run', '--out', out, suite]);
    expect(first.stderr).toContain('2 tasks run, 0 there already, 0 failed');
    expect(first.code).toBe(0);
    const records = await recordsOf(out);
    expect(records.size).toBe(2);
    for (const [key, record] of records) {
      expect(record.status).toBe('target');
      expect(record.final?.['gap']).toBeLessThanOrEqual(1e-6);
      expect(record.samples).toHaveLength(3);
      expect([...record.samples].sort((a, b) => a - b)[1]).toBe(record.time?.warm);
      // The gap after k steps of 0.1 is 0.81^k, so k = 66 is the first below 1e-6 and 75 the first sample from there.
      expect(record.curve?.iteration[0]).toBe(0);
      expect(record.curve?.metrics['gap'][0]).toBe(1);
      const last = record.curve?.iteration.at(-1) as number;
      expect(last).toBeGreaterThanOrEqual(66);
      expect(last).toBeLessThanOrEqual(Math.floor(66 * 1.2) + 1);
      expect(record.counts).toEqual({ gradients: last });
      const solution = treeFromBytes(await readFile(join(out, 'artifacts', key, 'solution.bin')), 'solution');
      expect(await digestTree(solution)).toBe(record.digests?.solution);
    }
    const second = await lemmataBench(['run', '--out', out, suite]);
    expect(second.stderr).toContain('0 tasks run, 2 there already, 0 failed');
    expect(await recordsOf(out)).toEqual(records);
  });

  it('replaces a record that was damaged or came from another environment, and says so', async () => {
    const folder = await temporaryFolder();
    const suite = await writeSuite(join(folder, 'suite.json'), { repetitions: 4 });
    const out = join(folder, 'out');
    await lemmataBench(['run', '--out', out, suite]);
    const records = await recordsOf(out);
    const [cut, wrong, foreign, swapped] = [...records.keys()].map((key) => join(out, 'tasks', `${key}.json`));
    const text = await readFile(cut, 'utf8');
    await writeFile(cut, text.slice(0, text.length / 2));
    await writeFile(wrong, (await readFile(wrong, 'utf8')).replace('"status": "target"', '"status": "great"'));
    const moved = { ...JSON.parse(await readFile(foreign, 'utf8')), environmentId: '0'.repeat(64) };
    const elsewhere = JSON.stringify(await seal(moved));
    await writeFile(foreign, elsewhere);
    await writeFile(swapped, elsewhere);
    const again = await lemmataBench(['run', '--out', out, suite]);
    expect(again.stderr.match(/record replaced: tasks\//g)).toHaveLength(3);
    expect(again.stderr).toContain('4 tasks run, 0 there already');
    const digests = (all: typeof records): unknown => [...all].map(([key, { digests }]) => [key, digests]);
    expect(digests(await recordsOf(out))).toEqual(digests(records));
  });

  it('refuses a plan whose sources changed', async () => {
    const folder = await temporaryFolder();
    const out = join(folder, 'out');
    const write = (x: number): Promise<void> =>
      writeFile(
        join(folder, 'solver.mjs'),
        `export const solver = (params) => ({ name: 'own', version: '1', params, language: 'JavaScript', sampling: 'once',
          determinism: 'R3', supports: () => true, setup() {}, run() {}, solution: () => ({ x: [${x}] }), counts: () => ({}) });`,
      );
    const modules = { problem: 'bowl.mjs', dataset: 'points.mjs' };
    await write(1);
    const suite = await writeSuite(join(folder, 'suite.json'), {
      solvers: [{ module: 'solver.mjs' }],
      modules: '.',
      problems: [{ module: modules.problem }],
      datasets: [{ module: modules.dataset }],
    });
    await writeFile(
      join(folder, modules.problem),
      `export const problem = (params) => ({ name: 'p', version: '1', params, metric: 'gap', count: 'c',
      referenceKind: 'certified', load: (data) => data, evaluate: () => ({ gap: 0 }), trivialSolution: () => ({}), verify() {} });`,
    );
    await writeFile(
      join(folder, modules.dataset),
      `export const dataset = (params) => ({ name: 'd', version: '1', params, licence: 'CC0', source: 'none', generate: () => ({}) });`,
    );
    expect((await lemmataBench(['plan', '--out', out, suite])).code).toBe(0);
    await write(2);
    const refused = await lemmataBench(['run', '--out', out]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('expected the sources of solver own as they were planned, got others; plan again');
    await rm(join(out, 'plan.json'));
    expect((await lemmataBench(['run', '--out', out])).code).toBe(2);
  });
});

describe('a solver that misbehaves', () => {
  const faults: [string, string, string][] = [
    ['throw', 'error', 'broken at secret.txt'],
    ['exit', 'killed', 'process ended with exit code 7'],
    ['hang', 'timeout', 'expected to end within 2 s'],
    ['short', 'error', 'x: expected the length of b'],
    ['drift', 'error', 'expected the solution of the first run (R1)'],
    ['nan', 'diverged', 'gap is NaN at iteration 1; it was 1 at the start'],
    ['miss', 'done', ''],
    ['write', 'error', 'expected the data to stay as they were'],
    ['count', 'error', 'counts.gradients'],
    ['skip', 'skipped', 'takes no bowls'],
  ];

  it('has a status and a message of its own, and never a win', async () => {
    const folder = await temporaryFolder();
    const out = join(folder, 'out');
    const suite = await writeSuite(join(folder, 'suite.json'), {
      timeoutSeconds: 2,
      baseline: 'descent',
      solvers: [{ module: 'descent.mjs' }, { module: 'faulty.mjs', params: { fault: faults.map(([fault]) => fault) } }],
    });
    const ended = await lemmataBench(['run', '--out', out, '--json', suite]);
    expect(ended.code).toBe(1);
    const records = [...(await recordsOf(out)).values()];
    for (const [fault, status, message] of faults) {
      const record = records.find(({ solver }) => solver.params['fault'] === fault);
      expect([fault, record?.status]).toEqual([fault, status]);
      expect(record?.message).toContain(message);
      expect(record?.message).not.toContain(folder);
      expect(record?.message).not.toMatch(/\/(work|root|home|tmp|Users)\//);
      expect(record?.reached).toBe(false);
    }
    const { cells, solvers } = JSON.parse(ended.stdout).suites[0];
    for (const { label, timeRatio } of cells[0].entries) {
      if (label === 'descent') expect(timeRatio).toEqual({ value: 1, bound: '' });
      else if (label === 'faulty (fault skip)') expect(timeRatio).toBeNull();
      else expect(timeRatio.bound).toBe('>');
    }
    expect(solvers.map(({ failed }: { failed: number }) => failed)).toEqual([0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0]);
    const again = await lemmataBench(['run', '--out', out, suite]);
    expect(again.stderr).toContain('8 tasks run, 3 there already, 8 failed');
  });
});
