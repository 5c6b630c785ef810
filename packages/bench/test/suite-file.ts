import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fixtures } from './command-line.js';

/** Writes a suite over the modules of the fixtures: the bowl on ten points unless `changes` say otherwise. */
export async function writeSuite(file: string, changes: Readonly<Record<string, unknown>>): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  const suite = {
    schema: 1,
    name: 'trial',
    title: 'A trial',
    modules: relative(dirname(file), join(fixtures, 'modules')),
    targets: [1e-6],
    runs: { warm: 1 },
    budget: { maxSeconds: 20, maxIterations: 5000 },
    problems: [{ module: 'bowl.mjs' }],
    datasets: [{ module: 'points.mjs', params: { n: [10] } }],
    solvers: [{ module: 'descent.mjs' }],
    ...changes,
  };
  await writeFile(file, JSON.stringify(suite));
  return file;
}
