// npm start: set-up, then the quick benchmark suites (suites/quick*.json) and the claims of every package, ending in a
// table, the ledger of claims and a report that opens from disk. What is finished is not run again, unless
// `npm start -- --fresh` asks for it.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtModules, suitesNamed } from './benchmarks.mjs';
import { root, runNode, setUp } from './set-up.mjs';

const RESULTS = 'results/quick';

const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } });

setUp();
if (values.fresh) rmSync(join(root, RESULTS), { recursive: true, force: true });
runNode('packages/bench/bin/lemmata-bench.js', [
  'run',
  '--out',
  RESULTS,
  ...builtModules('claims.js').flatMap((file) => ['--claims', file]),
  ...suitesNamed('quick'),
]);
