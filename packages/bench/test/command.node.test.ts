import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../src/cli.js';
import type { Output } from '../src/output.js';
import { fixtures, temporaryFolder } from './command-line.js';
import { writeSuite } from './suite-file.js';

/** Runs the command line within this process and keeps what it wrote. */
async function call(...args: string[]): Promise<{ code: number; results: string; notes: string }> {
  const results: string[] = [];
  const notes: string[] = [];
  const output: Output = {
    result: (text) => void results.push(text),
    note: (text) => void notes.push(text),
    progress: (text) => void notes.push(text),
    progressEnd: () => undefined,
  };
  return { code: await main(args, output), results: results.join('\n'), notes: notes.join('\n') };
}

const bowl = join(fixtures, 'suites/bowl.json');

describe('bad usage', () => {
  const wrong: [string, string[], string][] = [
    ['no command', [], 'expected a command, got none'],
    ['an unknown command', ['race'], 'or schema, got race'],
    ['the name of an inherited property', ['toString'], 'got toString'],
    ['an unknown option', ['run', '--fast'], "Unknown option '--fast'"],
    ['run without a folder', ['run', bowl], 'run: expected --out <folder>, got none'],
    ['plan without suites', ['plan', '--out', 'x'], 'plan: expected suite files, got none'],
    ['list without suites', ['list'], 'list: expected suite files, got none'],
    ['an option of another command', ['list', '--shard', '0/2', bowl], 'list: expected no --shard, got one'],
    ['a shard beyond the last', ['run', '--out', 'x', '--shard', '2/2', bowl], '--shard: expected i/n with 0 <= i < n'],
    ['verify of nothing', ['verify'], 'verify: expected one folder of results, got 0'],
    ['compare without a suite', ['compare', '--out', 'x'], 'compare: expected one suite file, got 0'],
    ['report with suites', ['report', '--out', 'x', bowl], 'report: expected no suites'],
    [
      'report of a folder without a plan',
      ['report', '--out', fixtures],
      'expected a folder with a plan.json, got none',
    ],
    ['a suite that is not there', ['list', 'gone.json'], 'gone.json: expected a suite file, got none'],
    ['a suite that is no JSON', ['list', join(fixtures, 'peer.mjs')], 'expected JSON'],
    ['the same suite twice', ['list', bowl, bowl], 'expected suites of different names, got bowl twice'],
    ['an unknown schema', ['schema', 'house'], 'schema: expected one of record, plan, suite, comparison'],
  ];
  it.each(wrong)('%s ends with 2 and a line that says so', async (_, args, message) => {
    const { code, results, notes } = await call(...args);
    expect(code).toBe(2);
    expect(results).toBe('');
    expect(notes).toContain(`lemmata-bench: `);
    expect(notes).toContain(message);
  });
});

describe('the commands', () => {
  it('help is a result', async () => {
    expect(await call('--help')).toMatchObject({ code: 0, results: expect.stringContaining('Exit codes: 0 ok') });
  });

  it('list tells what a suite crosses', async () => {
    const { code, results } = await call('list', bowl);
    expect(code).toBe(0);
    for (const line of ['points (n 40)', 'slow descent 1', 'peer 2.0', '1e-6', '24 tasks'])
      expect(results).toContain(line);
    const parsed = JSON.parse((await call('list', '--json', bowl)).results);
    expect(parsed.tasks).toHaveLength(24);
  });

  it('plan writes the tasks that list shows, and the same file again', async () => {
    const folder = await temporaryFolder();
    const suite = await writeSuite(join(folder, 'suite.json'), {});
    const out = join(folder, 'out');
    expect((await call('plan', '--out', out, suite)).code).toBe(0);
    const first = await readFile(join(out, 'plan.json'), 'utf8');
    expect((await call('plan', '--out', out, suite)).code).toBe(0);
    expect(await readFile(join(out, 'plan.json'), 'utf8')).toBe(first);
    const listed = JSON.parse((await call('list', '--json', suite)).results).tasks;
    expect(JSON.parse(first).tasks.map(({ taskKey }: { taskKey: string }) => taskKey)).toEqual(
      listed.map(({ taskKey }: { taskKey: string }) => taskKey),
    );
  });

  it('report shows tasks that have not run', async () => {
    const folder = await temporaryFolder();
    const suite = await writeSuite(join(folder, 'suite.json'), {});
    const out = join(folder, 'out');
    await call('plan', '--out', out, suite);
    const { code, results } = await call('report', '--out', out);
    expect(code).toBe(0);
    expect(results).toContain('not run');
    expect(await readFile(join(out, 'report/index.html'), 'utf8')).toContain('0 of 1 tasks finished');
  });
});
