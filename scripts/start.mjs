// npm start: set-up, then the quick benchmark suites (suites/quick*.json) of every package, ending in a table and a report that opens from
// disk. What is finished is not run again, unless `npm start -- --fresh` asks for it.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, runNode, setUp } from './set-up.mjs';

const RESULTS = 'results/quick';

const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } });

setUp();
const suites = readdirSync(join(root, 'benchmarks'))
  .map((name) => join('benchmarks', name, 'suites'))
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(folder, file)))
  .filter((file) => /[\\/]quick[^\\/]*\.json$/.test(file))
  .sort();
if (values.fresh) rmSync(join(root, RESULTS), { recursive: true, force: true });
runNode('packages/bench/bin/lemmata-bench.js', ['run', '--out', RESULTS, ...suites]);
