import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseComparison } from '../src/comparison-schema.js';
import type { PairFindings } from '../src/pair-statistics.js';
import { lemmataBench, temporaryFolder } from './command-line.js';
import { writeSuite } from './suite-file.js';

const REPETITIONS = 20;

/** Share of work that each contender has more than the plain solver. */
const PLANTED: Readonly<Record<string, number>> = { copy: 0, slowed: 0.05, halting: 0.25 };

it('a planted slowdown is flagged where the day lets it be seen, an identical solver never, twenty comparisons each', async () => {
  const folder = await temporaryFolder();
  const suite = await writeSuite(join(folder, 'suite.json'), {
    solvers: [
      { module: 'work.mjs', label: 'plain', cells: [{ passes: 2000 }] },
      { module: 'work.mjs', label: 'copy', cells: [{ passes: 2000, name: 'work-copy' }] },
      { module: 'work.mjs', label: 'slowed', cells: [{ passes: 2100 }] },
      { module: 'work.mjs', label: 'halting', cells: [{ passes: 2500 }] },
    ],
  });
  const found: (PairFindings & { readonly against: string })[] = [];
  const compare = async (against: string, repetition: number): Promise<PairFindings> => {
    const args = ['--out', join(folder, String(repetition)), '--solvers', `plain,${against}`, '--json', suite];
    const { stdout } = await lemmataBench(['compare', ...args]);
    const { findings, message } = parseComparison(JSON.parse(stdout), 'stdout');
    if (findings === null) throw new Error(`expected findings, got ${message}`);
    found.push({ against, ...findings });
    return findings;
  };
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    await compare('copy', repetition);
    const { detectable } = await compare('slowed', repetition);
    // Too busy a machine for 5% must have said so; it is then asked for 25%.
    if (detectable >= PLANTED['slowed']) await compare('halting', repetition);
  }
  const file = process.env['LEMMATA_SLOWDOWN_OUT'];
  if (file !== undefined) await writeFile(file, JSON.stringify(found, null, 1));
  for (const { against, verdict, detectable, ratio } of found) {
    const planted = PLANTED[against];
    const seen = [against, ratio, verdict];
    if (planted === 0) expect(seen).toEqual([against, ratio, 'no difference seen']);
    else if (detectable < planted) expect(seen).toEqual([against, ratio, 'slower']);
    else expect(verdict).not.toBe('faster');
  }
});
