import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deriveSeed, idOf, type TaskIdentity, taskKey } from '../src/identity.js';
import { planSuites } from '../src/plan-suites.js';
import { sourceDigest } from '../src/source-digest.js';
import { fixtures, temporaryFolder } from './command-line.js';
import { writeSuite } from './suite-file.js';

/** A project with a module, a file beside it, a workspace package and an installed package. */
async function project(): Promise<{
  root: string;
  entry: string;
  write: (name: string, text: string) => Promise<void>;
}> {
  const root = await temporaryFolder();
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  };
  await write('package.json', '{"name":"root","version":"1.0.0"}');
  await write(
    'a/entry.js',
    "import { x } from './near.js';\nimport 'ours/part';\nimport 'theirs';\nimport 'node:fs';\nimport 'path';\nexport { x };\n",
  );
  await write('a/near.js', "export * from './deep/far.js';\nexport const load = () => import('./late.js');\n");
  await write('a/deep/far.js', 'export const x = 1;\n');
  await write('a/late.js', 'export const late = 1;\n');
  await write('a/unrelated.js', 'export const nothing = 0;\n');
  await write('a/script.py', 'print(1)\n');
  await write('packages/ours/package.json', '{"name":"ours","version":"2.0.0","exports":{"./part":"./part.js"}}');
  await write('packages/ours/part.js', "import '../ours/inner.js';\n");
  await write('packages/ours/inner.js', 'export {};\n');
  await write('node_modules/theirs/package.json', '{"name":"theirs","version":"3.0.0","main":"index.js"}');
  await write('node_modules/theirs/index.js', 'export {};\n');
  await symlink(join(root, 'packages/ours'), join(root, 'node_modules/ours'));
  return { root, entry: join(root, 'a/entry.js'), write };
}

describe('the digest of sources', () => {
  it('changes with every file it reaches and every version it ends at, and with nothing else', async () => {
    const { root, entry, write } = await project();
    const digest = async (): Promise<string> => (await sourceDigest(entry, [join(root, 'a/script.py')])).digest;
    const first = await digest();
    expect(await digest()).toBe(first);
    const seen = new Set([first]);
    const changes: [string, string][] = [
      ['a/entry.js', "import './near.js';\nimport 'ours/part';\nimport 'theirs';\n"],
      ['a/near.js', "export * from './deep/far.js';\nexport const load = () => import('./late.js'); //\n"],
      ['a/deep/far.js', 'export const x = 2;\n'],
      ['a/late.js', 'export const late = 2;\n'],
      ['a/script.py', 'print(2)\n'],
      ['packages/ours/part.js', "import './inner.js';\n"],
      ['packages/ours/inner.js', 'export const inner = 1;\n'],
      ['node_modules/theirs/package.json', '{"name":"theirs","version":"3.0.1","main":"index.js"}'],
    ];
    for (const [name, text] of changes) {
      await write(name, text);
      seen.add(await digest());
    }
    expect(seen.size).toBe(changes.length + 1);
    const last = await digest();
    await write('a/unrelated.js', 'export const nothing = 1;\n');
    await write('node_modules/theirs/index.js', 'export const theirs = 1;\n');
    expect(await digest()).toBe(last);
  });

  it('does not depend on where the project lies', async () => {
    const [here, there] = [await project(), await project()];
    expect(here.root).not.toBe(there.root);
    const found = await sourceDigest(here.entry);
    expect(await sourceDigest(there.entry)).toEqual(found);
    expect(found.packages).toEqual({ ours: '2.0.0', theirs: '3.0.0' });
  });

  it('refuses imports that lead nowhere', async () => {
    const { entry, write } = await project();
    await write('a/near.js', "import './gone.js';\n");
    await expect(sourceDigest(entry)).rejects.toThrow('expected its imports to exist');
    await write('a/near.js', "import 'gone';\n");
    await expect(sourceDigest(entry)).rejects.toThrow('expected package gone, got none');
  });
});

describe('ids and seeds', () => {
  it('follow name, version and parameters, whatever the order of the parameters', async () => {
    const id = await idOf({ name: 'a', version: '1', params: { x: 1, y: [2] } });
    expect(id).toMatch(/^a@1#[0-9a-f]{16}$/);
    expect(await idOf({ name: 'a', version: '1', params: { y: [2], x: 1 } })).toBe(id);
    expect(await idOf({ name: 'a', version: '1', params: { x: 1, y: [3] } })).not.toBe(id);
  });

  it('keep axes apart that would look the same joined', async () => {
    const seeds = await Promise.all([
      deriveSeed('0', 'ab', 'c'),
      deriveSeed('0', 'a', 'bc'),
      deriveSeed('0', 'ab', 'c', 0),
    ]);
    expect(new Set(seeds).size).toBe(3);
    for (const seed of seeds) expect(seed).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the key of a task', () => {
  const identity: TaskIdentity = {
    problemId: 'p',
    datasetId: 'd',
    solverId: 's',
    softwareVersion: '1.0',
    repetition: 0,
    seeds: { data: 'a', solver: 'b' },
    target: 1e-6,
    budget: { maxSeconds: 1 },
    timeoutSeconds: 2,
    warmRuns: 3,
    warmSeconds: 0,
    threads: 1,
    sources: { problem: 'x', dataset: 'y', solver: 'z' },
  };

  it('changes with every part of its identity', async () => {
    const changes: Partial<TaskIdentity>[] = [
      { problemId: 'q' },
      { datasetId: 'e' },
      { solverId: 't' },
      { softwareVersion: '1.1' },
      { repetition: 1 },
      { seeds: { data: 'a', solver: 'c' } },
      { target: null },
      { budget: { maxSeconds: 1, maxIterations: 5 } },
      { timeoutSeconds: 3 },
      { warmRuns: 2 },
      { warmSeconds: 0.5 },
      { threads: 2 },
      { sources: { problem: 'x', dataset: 'y', solver: 'w' } },
    ];
    const keys = await Promise.all([{}, ...changes].map((change) => taskKey({ ...identity, ...change })));
    expect(new Set(keys).size).toBe(changes.length + 1);
    expect(await taskKey({ ...identity })).toBe(keys[0]);
  });
});

describe('a plan', () => {
  it('gives all solvers the same data, each repetition other data, and solvers streams of their own', async () => {
    const folder = await temporaryFolder();
    const { tasks } = await planSuites([join(fixtures, 'suites/bowl.json')], folder);
    expect(tasks).toHaveLength(24);
    expect(new Set(tasks.map(({ taskKey }) => taskKey)).size).toBe(24);
    const cell = tasks.filter(({ dataset, repetition }) => dataset.params['n'] === 10 && repetition === 0);
    expect(new Set(cell.map(({ seeds }) => seeds.data)).size).toBe(1);
    expect(new Set(cell.map(({ seeds }) => seeds.solver)).size).toBe(3);
    expect(new Set(tasks.map(({ seeds }) => seeds.data)).size).toBe(4);
  });

  it('repeats the solver alone on the same data when the suite says so', async () => {
    const folder = await temporaryFolder();
    const suite = await writeSuite(join(folder, 'suite.json'), { repetitions: 3, repeat: 'solver' });
    const { tasks } = await planSuites([suite], folder);
    expect(new Set(tasks.map(({ seeds }) => seeds.data)).size).toBe(1);
    expect(new Set(tasks.map(({ seeds }) => seeds.solver)).size).toBe(3);
  });

  it('holds the peer version in its keys', async () => {
    const folder = await temporaryFolder();
    const suite = await writeSuite(join(folder, 'suite.json'), {
      solvers: [{ module: 'peer.mjs' }, { module: 'descent.mjs' }],
    });
    const keys = async (version: string): Promise<string[]> => {
      process.env['PEER_VERSION'] = version;
      const { tasks } = await planSuites([suite], folder);
      delete process.env['PEER_VERSION'];
      return tasks.map(({ taskKey }) => taskKey);
    };
    const [old, same, other] = [await keys('2.0'), await keys('2.0'), await keys('2.1')];
    expect(same).toEqual(old);
    expect(other[0]).not.toBe(old[0]);
    expect(other[1]).toBe(old[1]);
  });

  const wrong: [string, Record<string, unknown>, string][] = [
    ['an unknown member', { speed: 1 }, 'expected a suite, version 1'],
    ['a module that is not there', { problems: [{ module: 'gone.mjs' }] }, 'a module that loads'],
    ['a module of another kind', { problems: [{ module: 'points.mjs' }] }, 'an export problem(params)'],
    ['a baseline that is no solver', { baseline: 'nobody' }, 'the label of a solver (descent), got nobody'],
    ['two solvers of one label', { solvers: [{ module: 'descent.mjs' }, { module: 'descent.mjs' }] }, 'descent twice'],
    ['no target for a solver that is rerun', { targets: [], solvers: [{ module: 'peer.mjs' }] }, 'expected targets'],
  ];
  it.each(wrong)('is refused for %s', async (_, changes, message) => {
    const folder = await temporaryFolder();
    const suite = await writeSuite(join(folder, 'suite.json'), changes);
    await expect(planSuites([suite], folder)).rejects.toThrow(message);
  });
});
