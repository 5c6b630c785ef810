import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseKernelTable } from '../src/kernel-schema.js';
import type { KernelLine, KernelTable } from '../src/kernel-table.js';
import { type Ended, fixtures, lemmataBench } from './command-line.js';
import { writeSuite } from './suite-file.js';

const module = join(fixtures, 'modules/kernels.mjs');
let folder = '';
let ended: Ended;
let table: KernelTable;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lemmata-kernels-'));
  ended = await lemmataBench(['kernels', '--out', join(folder, 'out'), '--rounds', '3', '--json', module]);
  table = parseKernelTable(JSON.parse(ended.stdout), 'stdout');
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const lineOf = (label: string): KernelLine =>
  table.kernels[0].versions.find((version) => version.label === label) as KernelLine;

describe('kernels', () => {
  it('run once a round in processes of their own, and are divided by the first version', () => {
    expect(ended.stderr).toContain('kernel sum, n = 1000: round 3 of 3');
    for (const label of ['first', 'same', 'near']) {
      const { status, seconds, ratio } = lineOf(label);
      expect([status, seconds.length]).toEqual(['measured', 3]);
      expect(ratio?.low).toBeLessThanOrEqual(ratio?.ratio as number);
      expect(ratio?.ratio).toBeLessThanOrEqual(ratio?.high as number);
    }
    expect(lineOf('first').ratio).toEqual({ ratio: 1, low: 1, high: 1 });
  });

  it('that give other numbers, or twins that give other bits, are wrong and have no ratio', () => {
    expect(ended.code).toBe(1);
    for (const label of ['wrong', 'no twin']) expect(lineOf(label)).toMatchObject({ status: 'wrong', ratio: null });
    expect(lineOf('wrong').message).toMatch(/^expected \[0\] = 7\.48\d+ within/);
    expect(lineOf('broken')).toMatchObject({ status: 'failed', seconds: [], ratio: null });
    expect(lineOf('broken').message).toContain('has no sum');
  });

  it('in C are yardsticks where there is a compiler, and unsupported with an install command where not', async () => {
    const { status, message } = lineOf('C');
    if (status === 'measured') expect(lineOf('C').seconds).toEqual([1e-6, 1e-6, 1e-6]);
    else expect(message).toContain('apt-get install gcc');
    expect(lineOf('absent').status).toBe('unsupported');
    expect(lineOf('absent').message).toContain('apt-get install');
    const bare = join(folder, 'bare');
    const { stdout } = await lemmataBench(['kernels', '--out', bare, '--rounds', '2', module], {
      CC: 'no-such-compiler',
    });
    expect(stdout).toMatch(/C +– +unsupported: no C compiler; Debian: apt-get install gcc/);
  });

  it('stand in the report of their folder, and are checked by verify', async () => {
    const out = join(folder, 'out');
    const suite = await writeSuite(join(folder, 'suite.json'), {});
    const run = ['run', '--out', out, '--rounds', '3', '--kernels', module, suite];
    await lemmataBench(run);
    const { document } = parseHTML(await readFile(join(out, 'report/index.html'), 'utf8'));
    const section = [...document.querySelectorAll('section')].find((one) => one.textContent?.includes('Kernels'));
    const rows = [...(section?.querySelectorAll('tbody tr') ?? [])].map((row) => row.textContent);
    expect(rows).toHaveLength(8);
    expect(document.querySelector('header code')?.textContent).toContain('--kernels kernels.mjs --rounds 3 suite.json');
    expect(rows.find((text) => text?.includes('near'))).toMatch(/\d× \[/);
    expect(section?.textContent).toContain('Debian: apt-get install');
    const file = join(out, 'kernels.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"rounds": 3', '"rounds": 4'));
    expect((await lemmataBench(['verify', out])).stdout).toContain('damaged: kernels.json');
  });
});
