import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lemmataBench, recordsOf, temporaryFolder } from './command-line.js';
import { writeSuite } from './suite-file.js';

it('a solver that stops too early by its own rule is asked for half until our evaluation meets the target', async () => {
  const folder = await temporaryFolder();
  const out = join(folder, 'out');
  const suite = await writeSuite(join(folder, 'suite.json'), {
    solvers: [
      { module: 'early.mjs', label: 'early' },
      { module: 'early.mjs', label: 'deaf', cells: [{ deaf: true }] },
    ],
  });
  expect((await lemmataBench(['run', '--out', out, suite])).code).toBe(0);
  const records = [...(await recordsOf(out)).values()];
  const early = records.find(({ solver }) => solver.label === 'early');
  // 4^-k first falls to 1e-6 at k = 10; the runs before end at 4^-9 = 3.8e-6 and above.
  expect([early?.status, early?.counts['gradients'], early?.samples.length]).toEqual(['target', 10, 1]);
  const deaf = records.find(({ solver }) => solver.label === 'deaf');
  expect([deaf?.status, deaf?.counts['gradients'], deaf?.reached]).toEqual(['done', 1, false]);
});
