// npm run bench:full: every full suite of every package with its comparisons in pairs of processes, the table of kernels,
// and the claims, ending in one report. Takes up to 45 minutes on two calm cores. What is finished is not run again,
// unless `npm run bench:full -- --fresh` asks for it.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtModules, suitesNamed } from './benchmarks.mjs';
import { root, runNode, setUp } from './set-up.mjs';

const RESULTS = 'results/full';

const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } });

setUp();
if (values.fresh) rmSync(join(root, RESULTS), { recursive: true, force: true });
runNode('packages/bench/bin/lemmata-bench.js', [
  'run',
  '--out',
  RESULTS,
  ...builtModules('kernels.js').flatMap((file) => ['--kernels', file]),
  ...builtModules('claims.js').flatMap((file) => ['--claims', file]),
  ...suitesNamed('full'),
]);
