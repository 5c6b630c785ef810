import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../src/results-folder.js';
import { seal } from '../src/seal.js';
import { lemmataBench, recordsOf, temporaryFolder } from './command-line.js';
import { writeSuite } from './suite-file.js';

const SHARDS = 4;

/** Digests by task: what must be equal however the work was divided. */
async function digestsOf(out: string): Promise<unknown> {
  return [...(await recordsOf(out))].map(([key, { digests, dataset, status }]) => [
    key,
    status,
    dataset.sha256,
    digests,
  ]);
}

describe('shards', () => {
  const suiteOf = (folder: string): Promise<string> =>
    writeSuite(join(folder, 'suite.json'), {
      repetitions: 2,
      targets: [1e-2, 1e-5],
      baseline: 'descent',
      solvers: [
        { module: 'descent.mjs' },
        { module: 'descent.mjs', label: 'quick', cells: [{ step: 0.4 }] },
        { module: 'peer.mjs' },
      ],
      pairs: [{ cell: { target: 1e-2 }, solvers: ['descent', 'quick'], runs: 2, seconds: 0 }],
    });

  it('of one plan, merged, are one run, digest for digest', async () => {
    const folder = await temporaryFolder();
    const suite = await suiteOf(folder);
    const alone = join(folder, 'alone');
    expect((await lemmataBench(['run', '--out', alone, suite])).code).toBe(0);
    const parts: string[] = [];
    for (let i = 0; i < SHARDS; i++) {
      const part = join(folder, `part-${i}`);
      parts.push(part);
      expect((await lemmataBench(['run', '--out', part, '--shard', `${i}/${SHARDS}`, suite])).code).toBe(0);
    }
    const sizes = await Promise.all(parts.map(async (part) => (await recordsOf(part)).size));
    expect(sizes).toEqual([3, 3, 3, 3]);
    const merged = join(folder, 'deeper', 'merged');
    const { code, stderr, stdout } = await lemmataBench(['merge', merged, ...parts]);
    expect(code).toBe(0);
    expect(stderr).toContain('13 of 13 tasks finished');
    expect(stdout).toContain('quick against descent');
    expect(await digestsOf(merged)).toEqual(await digestsOf(alone));
    expect(await readdir(join(merged, 'artifacts'))).toEqual(await readdir(join(alone, 'artifacts')));
    const keys = ({ taskKey }: { taskKey: string }): string => taskKey;
    expect((await readPlan(merged)).tasks.map(keys)).toEqual((await readPlan(alone)).tasks.map(keys));
    // The paths of the joined plan lead to the same modules from another depth.
    expect((await lemmataBench(['run', '--out', merged])).stderr).toContain('0 tasks run, 13 there already, 0 failed');
    expect((await lemmataBench(['merge', merged, ...parts])).code).toBe(2);
  });

  it('with different digests of one task are refused, unless nothing was promised', async () => {
    const folder = await temporaryFolder();
    const out = join(folder, 'one');
    const suite = await writeSuite(join(folder, 'suite.json'), {});
    await lemmataBench(['run', '--out', out, suite]);
    const [key] = (await recordsOf(out)).keys();
    const other = join(folder, 'other');
    await lemmataBench(['merge', other, out]);
    const file = join(other, 'tasks', `${key}.json`);
    const record = JSON.parse(await readFile(file, 'utf8'));
    const changed = { ...record, digests: { ...record.digests, curve: '1'.repeat(64) } };
    await writeFile(file, JSON.stringify(await seal(changed)));
    const refused = await lemmataBench(['merge', join(folder, 'both'), out, other]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(
      /expected equal digests where they were promised, got\n {2}descent, .*: curve differ/,
    );
    await expect(readdir(join(folder, 'both'))).rejects.toThrow('ENOENT');
    for (const part of [out, other]) {
      const at = join(part, 'tasks', `${key}.json`);
      const free = JSON.parse(await readFile(at, 'utf8'));
      await writeFile(at, JSON.stringify(await seal({ ...free, solver: { ...free.solver, determinism: 'none' } })));
    }
    expect((await lemmataBench(['merge', join(folder, 'both'), out, other])).code).toBe(0);
  });

  it('keep the success of a task that failed elsewhere', async () => {
    const folder = await temporaryFolder();
    const out = join(folder, 'good');
    const suite = await writeSuite(join(folder, 'suite.json'), {});
    await lemmataBench(['run', '--out', out, suite]);
    const bad = join(folder, 'bad');
    await lemmataBench(['merge', bad, out]);
    const [[key, record]] = await recordsOf(out);
    const failed = { ...JSON.parse(await readFile(join(bad, 'tasks', `${key}.json`), 'utf8')), status: 'error' };
    const later = { ...failed, startedAt: '2999-01-01T00:00:00.000Z' };
    await writeFile(join(bad, 'tasks', `${key}.json`), JSON.stringify(await seal(later)));
    const both = join(folder, 'both');
    expect((await lemmataBench(['merge', both, out, bad])).code).toBe(0);
    expect((await recordsOf(both)).get(key)).toEqual(record);
  });

  it('of suites that share nothing but a name are refused', async () => {
    const folder = await temporaryFolder();
    const outs: string[] = [];
    for (const title of ['one', 'another']) {
      const suite = await writeSuite(join(folder, `${title}.json`), { title });
      outs.push(join(folder, title));
      await lemmataBench(['plan', '--out', join(folder, title), suite]);
    }
    const { code, stderr } = await lemmataBench(['merge', join(folder, 'both'), ...outs]);
    expect([code, stderr.split('\n')[0]]).toEqual([
      2,
      'lemmata-bench: merge: expected one suite trial, got different ones',
    ]);
  });
});
