// npm start: set-up, then the quick benchmark suites (suites/quick*.json) of every package, ending in a table and a report that opens from
// disk. Arguments go on to the runner, such as `npm start -- --fresh`.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, runNode, setUp } from './set-up.mjs';

setUp();
const suites = readdirSync(join(root, 'benchmarks'))
  .map((name) => join('benchmarks', name, 'suites'))
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(folder, file)))
  .filter((file) => /[\\/]quick[^\\/]*\.json$/.test(file))
  .sort();
runNode('packages/bench/dist/cli.js', ['run', '--out', 'results/quick', ...process.argv.slice(2), ...suites]);
