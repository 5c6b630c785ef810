// npm run bench:full: every full suite of every package with its comparisons in pairs of processes, the table of kernels,
// and the claims, ending in one report. Takes up to 45 minutes on two calm cores. What is finished is not run again,
// unless `npm run bench:full -- --fresh` asks for it.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, runNode, setUp } from './set-up.mjs';

const RESULTS = 'results/full';

const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } });

setUp();
const folders = readdirSync(join(root, 'benchmarks'));
const suites = folders
  .map((name) => join('benchmarks', name, 'suites'))
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(folder, file)))
  .filter((file) => /[\\/]full[^\\/]*\.json$/.test(file))
  .sort();
const built = (file) =>
  folders.map((name) => join('benchmarks/dist', name, file)).filter((path) => existsSync(join(root, path)));
if (values.fresh) rmSync(join(root, RESULTS), { recursive: true, force: true });
runNode('packages/bench/bin/lemmata-bench.js', [
  'run',
  '--out',
  RESULTS,
  ...built('kernels.js').flatMap((file) => ['--kernels', file]),
  ...built('claims.js').flatMap((file) => ['--claims', file]),
  ...suites,
]);
