// Unemployment in 3106 counties, smoothed over their borders: how much to smooth is found by cross-validation, which
// solves (M + lambda L) x = M y for each fold and each lambda, L the Laplacian of the counties' borders and M the diagonal
// of 0 for counties held out and 1 for the others. See data/us-counties/SOURCE.md.
import { readFile } from 'node:fs/promises';
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { digestBytes, pow, randomStream } from '@lemmata/core';
import type { SystemSequence } from '../systems.js';

const FILE = new URL('../../../data/us-counties/counties.csv', import.meta.url);
const SHA256 = '4e2625681e17fa8a70fa19902d564b8353d30732c18b07dc70f299c6c930c3b6';

/** A county as the table has it. */
export interface County {
  /** Its FIPS code. */
  readonly code: string;
  /** Share of the labour force without work, undefined where none is given. */
  readonly unemployment: number | undefined;
  /** Positions of its neighbours in the table, rising. */
  readonly neighbours: readonly number[];
}

/** The table, in the order of the codes. */
export async function readCounties(): Promise<readonly County[]> {
  const bytes = new Uint8Array(await readFile(FILE));
  const digest = await digestBytes(bytes);
  if (digest !== SHA256) throw new Error(`counties.csv: expected SHA-256 ${SHA256}, got ${digest}`);
  const lines = new TextDecoder()
    .decode(bytes)
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const place = new Map(lines.map(([code], i) => [code, i]));
  const near: number[][] = lines.map(() => []);
  lines.forEach(([, , later], i) => {
    for (const code of later === '' ? [] : later.split(' ')) {
      const j = place.get(code);
      if (j === undefined) throw new Error(`counties.csv, line ${i + 2}: expected the code of a county, got ${code}`);
      near[i].push(j);
      near[j].push(i);
    }
  });
  return lines.map(([code, rate], i) => ({
    code,
    unemployment: rate === '' ? undefined : Number(rate),
    neighbours: near[i].sort((a, b) => a - b),
  }));
}

/** The Laplacian of the borders: the number of neighbours on the diagonal, -1 for each of them. */
export function borderLaplacian(counties: readonly County[]): Pick<SystemSequence, 'indptr' | 'indices' | 'data'> {
  const indptr = [0];
  const indices: number[] = [];
  const data: number[] = [];
  counties.forEach(({ neighbours }, i) => {
    for (const j of [...neighbours, i].sort((a, b) => a - b)) {
      indices.push(j);
      data.push(j === i ? neighbours.length : -1);
    }
    indptr.push(indices.length);
  });
  return { indptr: Int32Array.from(indptr), indices: Int32Array.from(indices), data: Float64Array.from(data) };
}

/** Every fold with every lambda from 10^-2 to 10^3, large ones first: each system starts at the solution before. */
export function dataset(given: Params): Dataset<SystemSequence> {
  const params = readParams('dataset counties', given, {
    folds: { default: 10, min: 2, max: 100, integer: true },
    lambdas: { default: 11, min: 2, max: 100, integer: true },
  });
  return {
    name: 'counties',
    version: '1',
    params,
    licence: 'public domain (works of the United States government)',
    source: 'Census Bureau, cartographic boundary files 2017; Bureau of Labor Statistics, local area unemployment 2009',
    generate: async ({ seed }) => {
      const { folds, lambdas } = params;
      const counties = await readCounties();
      const n = counties.length;
      const stream = randomStream(seed).fork('folds');
      const foldOf = counties.map(() => Math.floor(stream.uniform() * folds));
      const masses = new Float64Array(folds * n);
      const sources = new Float64Array(folds * n);
      counties.forEach(({ unemployment }, i) => {
        if (unemployment === undefined) return;
        for (let fold = 0; fold < folds; fold++) {
          if (fold === foldOf[i]) continue;
          masses[fold * n + i] = 1;
          sources[fold * n + i] = unemployment;
        }
      });
      const steps = folds * lambdas;
      const fold = Int32Array.from({ length: steps }, (_, t) => Math.floor(t / lambdas));
      const contexts = Float64Array.from({ length: steps }, (_, t) => 3 - (5 * (t % lambdas)) / (lambdas - 1));
      return {
        n,
        steps,
        coupled: 0,
        ...borderLaplacian(counties),
        factors: contexts.map((exponent) => pow(10, exponent)),
        masses,
        massOf: fold,
        sources,
        sourceOf: fold,
        initial: new Float64Array(n).fill(meanOf(counties)),
        contexts,
      };
    },
    describe: ({ n, steps, data }) => ({ shape: [n, n, steps], nnz: data.length }),
  };
}

function meanOf(counties: readonly County[]): number {
  const rates = counties.flatMap(({ unemployment }) => unemployment ?? []);
  return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}
