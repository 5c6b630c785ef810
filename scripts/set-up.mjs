// Brings a checkout to the state in which everything runs: installs when the lock file, the platform or the Node version
// changed since the last complete installation, then builds what is stale. Needs Node and npm alone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const stampFile = join(root, 'node_modules/.lemmata-stamp');

/** What the installed packages depend on, as one digest. */
export function stamp() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  return hash.update(`\n${process.platform} ${process.arch} ${process.versions.node.split('.')[0]}\n`).digest('hex');
}

/** Runs a Node script of the repository or of a package; ends this process with its exit code when it fails. */
export function runNode(script, args, environment = {}) {
  const { status, signal, error } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', ...environment },
  });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
}

/** Runs tasks of the task runner, which skips what is up to date. */
export function runTasks(...tasks) {
  runNode('node_modules/turbo/bin/turbo', ['run', ...tasks, '--output-logs=errors-only', '--log-prefix=none']);
}

function npmScript() {
  const given = process.env.npm_execpath;
  if (given !== undefined && /npm-cli\.c?js$/.test(given)) return given;
  const bundled = [
    join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
    join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
  ].find((place) => existsSync(place));
  if (bundled !== undefined) return bundled;
  console.error('npm was not found beside node: call this script through npm, as in `npm start`.');
  process.exit(1);
}

/** Installs if the stamp does not match, then builds. The stamp is written last, so an interrupted installation is redone. */
export function setUp() {
  const wanted = stamp();
  const installed = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (installed !== wanted) {
    console.error('Installing packages (once; repeated only when the lock file or Node changes)');
    rmSync(stampFile, { force: true });
    runNode(npmScript(), ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    writeFileSync(stampFile, wanted);
  }
  console.error('Building what is stale');
  runTasks('build');
}
