import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'lemmata-lock-'));

beforeAll(() => {
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(join(root, file), join(folder, file));
  const workspaces = ['benchmarks', ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)];
  for (const workspace of workspaces)
    cpSync(join(root, workspace, 'package.json'), join(folder, workspace, 'package.json'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const platforms = ['darwin', 'linux', 'win32'].flatMap((os) => ['x64', 'arm64'].map((cpu) => [os, cpu] as const));

it.each(platforms)('the lock file installs on %s, %s', (os, cpu) => {
  const args = ['ci', '--dry-run', '--ignore-scripts', '--loglevel=error', `--os=${os}`, `--cpu=${cpu}`];
  const output = execFileSync('npm', args, { cwd: folder, encoding: 'utf8' });
  expect(output).toMatch(/added \d+ packages/);
});
