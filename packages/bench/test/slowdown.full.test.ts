import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseComparison } from '../src/comparison-schema.js';
import type { PairFindings } from '../src/pair-statistics.js';
import { lemmataBench, temporaryFolder } from './command-line.js';
import { writeSuite } from './suite-file.js';

const REPETITIONS = 20;

/** Contenders against the plain solver, with the share of work that each has more. */
const PLANTED: Readonly<Record<string, number>> = { copy: 0, slowed: 0.05, halting: 0.25 };

it('a planted slowdown is flagged where the day lets it be seen, an identical solver never, twenty comparisons each', async () => {
  const folder = await temporaryFolder();
  const suite = await writeSuite(join(folder, 'suite.json'), {
    solvers: [
      { module: 'work.mjs', label: 'plain', cells: [{ passes: 8000 }] },
      { module: 'work.mjs', label: 'copy', cells: [{ passes: 8000, name: 'work-copy' }] },
      { module: 'work.mjs', label: 'slowed', cells: [{ passes: 8400 }] },
      { module: 'work.mjs', label: 'halting', cells: [{ passes: 10000 }] },
    ],
  });
  const found: (PairFindings & { readonly against: string })[] = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    for (const against of Object.keys(PLANTED)) {
      const args = ['--out', join(folder, String(repetition)), '--solvers', `plain,${against}`, '--json', suite];
      const { stdout } = await lemmataBench(['compare', ...args]);
      const { findings, message } = parseComparison(JSON.parse(stdout), 'stdout');
      if (findings === null) throw new Error(`expected findings, got ${message}`);
      found.push({ against, ...findings });
    }
  }
  const file = process.env['LEMMATA_SLOWDOWN_OUT'];
  if (file !== undefined) await writeFile(file, JSON.stringify(found, null, 1));
  for (const { against, verdict, detectable, ratio } of found) {
    const planted = PLANTED[against];
    const seen = [against, ratio, verdict];
    // A machine too busy for a difference must have said so; where it is not, the slowdown is found every time.
    if (planted === 0) expect(seen).toEqual([against, ratio, 'no difference seen']);
    else if (detectable < planted) expect(seen).toEqual([against, ratio, 'slower']);
    else expect(verdict).not.toBe('faster');
  }
});
