// npm start: set-up, then the quick benchmark suite of every package, ending in a table and a report that opens from
// disk. Arguments go on to the runner, such as `npm start -- --fresh`.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode, setUp } from './set-up.mjs';

setUp();
const suites = readdirSync(join(root, 'benchmarks'))
  .map((folder) => join('benchmarks', folder, 'suites/quick.json'))
  .filter((suite) => existsSync(join(root, suite)));
runNode('packages/bench/dist/cli.js', ['run', '--out', 'results/quick', ...process.argv.slice(2), ...suites]);
