import { type RandomStream, randomStream } from '@lemmata/core';
import { firstDifference } from '@lemmata/testing';
import { expect } from 'vitest';
import { type Matrix, toMatrix } from '../src/index.js';
import {
  readCsv,
  readLibsvm,
  readMatrixMarket,
  type TextSource,
  writeCsv,
  writeLibsvm,
  writeMatrixMarket,
} from '../src/io/index.js';
import { type GOOD_TEXTS, goodBytes, mutate } from './io-mutation-texts.js';

export type Format = keyof typeof GOOD_TEXTS;

/** How many mutated inputs were read, how many refused, and the largest typed array that was made meanwhile, in bytes. */
export interface MutationCounts {
  readonly valid: number;
  readonly refused: number;
  readonly largest: number;
}

/** Small enough that a text of a hundred bytes can announce more. */
const LIMITS = { maxBytes: 100000, maxEntries: 100000 };

/**
 * No typed array of a reader may be larger: numbers are collected in blocks of at most twice what came before (16 bytes
 * for each of maxEntries), and all other arrays have at most 8 bytes for each entry, row or column, one more for offsets.
 */
export const LARGEST_ALLOWED: number = 16 * (LIMITS.maxEntries + 1);

/** What was read: the matrix, and all else as one object. */
interface Reading {
  readonly matrix: Matrix;
  readonly numbers: readonly Float64Array[];
  readonly rest: unknown;
}

interface Way {
  read(source: TextSource): Promise<Reading>;
  write(reading: Reading): Iterable<Uint8Array>;
  readAgain(source: TextSource, first: Reading): Promise<Reading>;
}

function csvWay(random: RandomStream): Way {
  const header = random.integer(4) !== 0;
  const read = async (source: TextSource): Promise<Reading> => {
    const { names, matrix } = await readCsv(source, { header, ...LIMITS });
    return { matrix, numbers: [], rest: names };
  };
  return {
    read,
    write: ({ matrix, rest }) => writeCsv(matrix, { names: rest as string[] }),
    readAgain: read,
  };
}

function libsvmWay(random: RandomStream): Way {
  const firstIndex = random.integer(4) === 0 ? 0 : 1;
  const read = async (source: TextSource, cols?: number): Promise<Reading> => {
    const { A, labels, queries } = await readLibsvm(source, { firstIndex, cols, ...LIMITS });
    return { matrix: A, numbers: [labels, queries], rest: undefined };
  };
  return {
    read: (source) => read(source),
    write: ({ matrix, numbers: [labels, queries] }) => writeLibsvm(matrix, labels, { firstIndex, queries }),
    readAgain: (source, { matrix }) => read(source, matrix.cols),
  };
}

function matrixMarketWay(): Way {
  const read = async (source: TextSource): Promise<Reading> => {
    const { matrix, format } = await readMatrixMarket(source, LIMITS);
    return { matrix, numbers: [], rest: format };
  };
  return { read, write: ({ matrix }) => writeMatrixMarket(matrix), readAgain: read };
}

const ways: Readonly<Record<Format, (random: RandomStream) => Way>> = {
  csv: csvWay,
  libsvm: libsvmWay,
  'matrix-market': matrixMarketWay,
};

function expectSame(again: Reading, first: Reading): void {
  const { data, ...structure } = first.matrix;
  const { data: dataAgain, ...structureAgain } = again.matrix;
  expect(structureAgain).toEqual(structure);
  expect(firstDifference(dataAgain, data)).toBe(-1);
  first.numbers.forEach((numbers, k) => {
    expect(firstDifference(again.numbers[k], numbers)).toBe(-1);
  });
  expect(again.rest).toEqual(first.rest);
}

/** A typed error, whose line and column are a place of the text, or the one after its last. */
function expectRefusal(error: unknown, bytes: Uint8Array, gzip: boolean): void {
  const { name, code, message, details } = error as { [key: string]: unknown; details: Record<string, number> };
  expect([name, code]).toEqual(['InvalidInputError', 'ERR_FORMAT']);
  expect(message).toMatch(/^source, line \d+, column \d+: expected .+, got .+$/s);
  const { line, column } = details;
  expect(Number.isInteger(line) && Number.isInteger(column) && line >= 1 && column >= 1).toBe(true);
  if (gzip) return;
  const lines = new TextDecoder().decode(bytes).split('\n');
  expect(line).toBeLessThanOrEqual(lines.length);
  expect(column).toBeLessThanOrEqual(lines[line - 1].length + 1);
}

/** Runs something with typed arrays that report their size, and gives the largest, in bytes. */
async function largestArray(run: () => Promise<void>): Promise<number> {
  let largest = 0;
  const names = ['Float64Array', 'Int32Array', 'Uint8Array'] as const;
  const originals = names.map((name) => globalThis[name]);
  const watched = (original: object) =>
    new Proxy(original, {
      construct(target, parameters, newTarget) {
        const array = Reflect.construct(target as typeof Uint8Array, parameters, newTarget) as Uint8Array;
        largest = Math.max(largest, array.byteLength);
        return array;
      },
    });
  try {
    names.forEach((name, k) => {
      Reflect.set(globalThis, name, watched(originals[k]));
    });
    await run();
  } finally {
    names.forEach((name, k) => {
      Reflect.set(globalThis, name, originals[k]);
    });
  }
  return largest;
}

/**
 * Reads mutated inputs of a format. Each must give a matrix that passes all checks and is read again with the same bits
 * once it is written, or an error with line and column.
 */
export async function readMutations(format: Format, seed: number, cases: number): Promise<MutationCounts> {
  const random = randomStream(seed).fork(format);
  const good = await goodBytes(format);
  let valid = 0;
  let refused = 0;
  const largest = await largestArray(async () => {
    for (let k = 0; k < cases; k++) {
      const { bytes, gzip } = good[random.integer(good.length)];
      const mutated = mutate(bytes, random);
      const way = ways[format](random);
      const cut = random.integer(mutated.length + 1);
      let first: Reading;
      try {
        first = await way.read([mutated.subarray(0, cut), mutated.subarray(cut)]);
      } catch (error) {
        expectRefusal(error, mutated, gzip);
        refused++;
        continue;
      }
      expect(toMatrix('matrix', first.matrix)).toEqual(first.matrix);
      expectSame(await way.readAgain(way.write(first), first), first);
      valid++;
    }
  });
  return { valid, refused, largest };
}
