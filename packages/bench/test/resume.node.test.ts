import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { randomStream } from '@lemmata/core';
import { expect, it, onTestFinished } from 'vitest';
import { lemmataBench, recordsOf, start, temporaryFolder } from './command-line.js';
import { writeSuite } from './suite-file.js';

const suiteChanges = {
  repetitions: 2,
  targets: [1e-3],
  solvers: [
    { module: 'descent.mjs', label: 'pausing', cells: [{ pauseMs: 4 }] },
    { module: 'peer.mjs', label: 'peer' },
  ],
};

/** What must be equal: everything that no clock and no machine enters. */
async function outcomeOf(out: string): Promise<unknown> {
  return [...(await recordsOf(out))].map(([key, { status, digests, dataset, counts, final, curve }]) => ({
    key,
    status,
    digests,
    data: dataset.sha256,
    counts,
    final,
    iterations: curve?.iteration,
    values: curve?.metrics,
  }));
}

it('killed at several moments and started again, a run ends with the digests of one that was left alone', async () => {
  const folder = await temporaryFolder();
  const suite = await writeSuite(join(folder, 'suite.json'), suiteChanges);
  const alone = join(folder, 'alone');
  expect((await lemmataBench(['run', '--out', alone, suite])).code).toBe(0);

  const killed = join(folder, 'killed');
  const moments = randomStream('kill moments');
  let kills = 0;
  for (let attempt = 0; attempt < 6; attempt++) {
    const { pid, ended } = start(['run', '--out', killed, suite]);
    const first = await Promise.race([ended, setTimeout(300 + 900 * moments.uniform(), undefined, { ref: false })]);
    if (first !== undefined) break;
    process.kill(-pid, 'SIGKILL');
    expect((await ended).code).toBeNull();
    kills++;
  }
  expect(kills).toBeGreaterThan(1);
  const last = await lemmataBench(['run', '--out', killed, suite]);
  expect(last.code).toBe(0);
  expect(await outcomeOf(killed)).toEqual(await outcomeOf(alone));
});

it('interrupted, it ends the task that runs, says so with 130, and continues by the same command', async () => {
  const folder = await temporaryFolder();
  const suite = await writeSuite(join(folder, 'suite.json'), {
    targets: [1e-3],
    solvers: [{ module: 'descent.mjs' }, { module: 'descent.mjs', label: 'pausing', cells: [{ pauseMs: 25 }] }],
  });
  const out = join(folder, 'out');
  const { pid, ended } = start(['run', '--out', out, suite]);
  while ((await recordsOf(out).catch(() => new Map())).size === 0) await setTimeout(20);
  process.kill(-pid, 'SIGINT');
  const { code, stderr } = await ended;
  expect(stderr).toContain('interrupted after 1 of 2 tasks');
  expect(code).toBe(130);
  const again = await lemmataBench(['run', '--out', out, suite]);
  expect(again.stderr).toContain('1 tasks run, 1 there already, 0 failed');
});

it('refuses a folder in which another run is under way, and takes over what a killed one left', async () => {
  const folder = await temporaryFolder();
  const suite = await writeSuite(join(folder, 'suite.json'), suiteChanges);
  const out = join(folder, 'out');
  const { pid, ended } = start(['run', '--out', out, suite]);
  const running = join(out, 'running.json');
  while (!existsSync(running)) await setTimeout(10);
  const second = await lemmataBench(['run', '--out', out, suite]);
  expect(second.code).not.toBe(0);
  expect(second.stderr).toContain('expected a folder in which no other run is under way, got one in use by process');
  process.kill(-pid, 'SIGKILL');
  await ended;
  expect(existsSync(running)).toBe(true);
  expect((await lemmataBench(['run', '--out', out, suite])).code).toBe(0);
  expect(existsSync(running)).toBe(false);
});

it.runIf(process.platform === 'linux')(
  'takes over what a process left that has ended and waits for its parent to ask',
  async () => {
    const folder = await temporaryFolder();
    const suite = await writeSuite(join(folder, 'suite.json'), { targets: [1e-3] });
    const out = join(folder, 'out');
    // The shell becomes a program that never asks for its child.
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => {
      parent.kill();
    });
    const pid = Number((await once(parent.stdout, 'data'))[0]);
    while (!/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await setTimeout(10);
    await mkdir(out);
    await writeFile(join(out, 'running.json'), JSON.stringify({ pid }));
    expect((await lemmataBench(['run', '--out', out, suite])).code).toBe(0);
  },
);
