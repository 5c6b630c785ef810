import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseLedger } from '../src/ledger-schema.js';
import { fixtures, lemmataBench, temporaryFolder } from './command-line.js';
import { writeSuite } from './suite-file.js';

const good = join(fixtures, 'modules/claims.mjs');
const bad = join(fixtures, 'modules/broken-claims.mjs');

describe('claims', () => {
  it('that hold end with 0, and the ledger says what was seen', async () => {
    const { code, stdout } = await lemmataBench(['claims', good]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/held +<= 3 +3 +4 +holds/);
    expect(stdout).toMatch(/above +>= 2 +2\.50 +– +holds/);
    expect(stdout).toContain('2 of 2 claims hold');
  });

  it('that fail, that their baseline keeps, or that cannot be measured end with 1', async () => {
    const { code, stdout } = await lemmataBench(['claims', '--json', good, bad]);
    expect(code).toBe(1);
    const { lines } = parseLedger(JSON.parse(stdout), 'stdout');
    expect(lines.map(({ id, outcome, seen }) => [id, outcome, seen])).toEqual([
      ['held', 'holds', 3],
      ['above', 'holds', 2.5],
      ['broken', 'fails', 1.5],
      ['toothless', 'empty', 0],
      ['missing', 'fails', Number.NaN],
      ['throwing', 'error', null],
    ]);
    expect(lines.at(-1)?.message).toBe('no file');
  });

  it('of a run stand in its report, are kept, and do not make it fail', async () => {
    const folder = await temporaryFolder();
    const out = join(folder, 'out');
    const suite = await writeSuite(join(folder, 'suite.json'), {});
    const first = await lemmataBench(['run', '--out', out, '--claims', good, '--claims', bad, suite]);
    expect(first.code).toBe(0);
    expect(first.stderr).toContain('claim broken');
    expect(first.stdout).toContain('2 of 6 claims hold');
    expect(await readFile(join(out, 'report/index.html'), 'utf8')).toContain('says nothing: the baseline keeps it too');
    const kept = await lemmataBench(['run', '--out', out, '--claims', good, suite]);
    expect(kept.stderr).toContain('claim held');
    const again = await lemmataBench(['run', '--out', out, '--claims', good, suite]);
    expect(again.stderr).not.toContain('claim held');
    expect(again.stdout).toContain('2 of 2 claims hold');
    // A ledger that was changed by hand is none.
    const file = join(out, 'claims.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"seen": 3', '"seen": 2'));
    expect((await lemmataBench(['report', '--out', out])).stdout).not.toContain('claims hold');
  });

  it('need modules that export them whole', async () => {
    expect((await lemmataBench(['claims'])).stderr).toContain('claims: expected built modules with claims, got none');
    const none = await lemmataBench(['claims', join(fixtures, 'modules/bowl.mjs')]);
    expect([none.code, none.stderr.split('\n')[0]]).toEqual([2, expect.stringContaining('expected an export claims')]);
    const folder = await temporaryFolder();
    const file = join(folder, 'unbounded.mjs');
    const claim = "{ id: 'a', source: 's', statement: 't', workload: 'w', bound: { below: 1 }, measure: () => 0 }";
    await writeFile(file, `export const claims = [${claim}];`);
    expect((await lemmataBench(['claims', file])).stderr).toContain('claims[].bound to be { atMost } or { atLeast }');
  });
});
