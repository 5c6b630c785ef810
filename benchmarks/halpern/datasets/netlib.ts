// Small programs of the Netlib collection, from industry and government. See data/netlib/SOURCE.md.
import { readFile } from 'node:fs/promises';
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { digestBytes } from '@lemmata/core';
import type { ProgramInstance } from '../kkt-errors.js';

const FILE = new URL('../../../data/netlib/netlib.json', import.meta.url);
const SHA256 = '542ab39c18b07090292256f86b2382a401a0b203e4ae5bfbaa30002e39d0ffab';

/** A program as it stands in the file: A x = sides in the first `equalities` rows, A x <= sides in the others, x >= 0. */
export interface StoredProgram {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly equalities: number;
  /** The minimum, as published with the collection. */
  readonly optimum: number;
  readonly c: readonly number[];
  readonly sides: readonly number[];
  readonly indptr: readonly number[];
  readonly indices: readonly number[];
  readonly data: readonly number[];
}

/** All programs of the file, whose digest is checked. */
export async function storedPrograms(): Promise<readonly StoredProgram[]> {
  const bytes = new Uint8Array(await readFile(FILE));
  const digest = await digestBytes(bytes);
  if (digest !== SHA256) throw new Error(`netlib.json: expected SHA-256 ${SHA256}, got ${digest}`);
  return JSON.parse(new TextDecoder().decode(bytes)).programs;
}

/** The program of a stored one. */
export function programOf({ rows, cols, equalities, c, sides, indptr, indices, data }: StoredProgram): ProgramInstance {
  return {
    A: {
      layout: 'csr',
      rows,
      cols,
      indptr: Int32Array.from(indptr),
      indices: Int32Array.from(indices),
      data: Float64Array.from(data),
    },
    c: Float64Array.from(c),
    rowLower: Float64Array.from(sides, (side, i) => (i < equalities ? side : -Infinity)),
    rowUpper: Float64Array.from(sides),
    colLower: new Float64Array(cols),
    colUpper: new Float64Array(cols).fill(Infinity),
  };
}

/** One program by its name. */
export function dataset(given: Params): Dataset<ProgramInstance> {
  const params = readParams('dataset netlib', given, {
    program: ['afiro', 'sc50a', 'adlittle', 'blend', 'share2b', 'stocfor1'],
  });
  return {
    name: 'netlib',
    version: '1',
    params,
    licence: 'BSD-3-Clause, as distributed with SciPy 1.17.1',
    source: 'D. M. Gay, Electronic mail distribution of linear programming test problems, COAL Newsletter 13 (1985)',
    generate: async () => {
      const found = (await storedPrograms()).find(({ name }) => name === params.program);
      if (found === undefined) throw new Error(`netlib.json: expected a program ${params.program}, got none`);
      return programOf(found);
    },
    describe: ({ A }) => ({ shape: [A.rows, A.cols], nnz: A.data.length }),
  };
}
