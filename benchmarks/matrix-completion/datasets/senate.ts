// How 101 senators voted in 645 roll calls. See data/senate-109/SOURCE.md.
import { readFile } from 'node:fs/promises';
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { digestBytes, randomStream } from '@lemmata/core';
import type { CompletionInput } from '../completion.js';
import { holdBack, type KnownEntries, shapeOf } from './held-out.js';

const FILE = new URL('../../../data/senate-109/votes.csv', import.meta.url);
const SHA256 = 'f0fe74b0692006c492de6d1913b96549bbf4b9b805744df35c2ae9367be828ca';

/** The votes, 1 for yea and -1 for nay, senator by senator. */
export async function readVotes(): Promise<KnownEntries & { readonly senators: readonly string[] }> {
  const bytes = new Uint8Array(await readFile(FILE));
  const digest = await digestBytes(bytes);
  if (digest !== SHA256) throw new Error(`votes.csv: expected SHA-256 ${SHA256}, got ${digest}`);
  const lines = new TextDecoder().decode(bytes).trimEnd().split('\n').slice(1);
  const rowOf: number[] = [];
  const colOf: number[] = [];
  const values: number[] = [];
  const fields = lines.map((line) => line.split(','));
  fields.forEach(([, , , votes], i) => {
    for (let j = 0; j < votes.length; j++) {
      if (votes[j] === '.') continue;
      rowOf.push(i);
      colOf.push(j);
      values.push(votes[j] === 'Y' ? 1 : -1);
    }
  });
  const senators = fields.map(([name, state]) => `${name} ${state}`);
  return { rows: fields.length, cols: fields[0][3].length, rowOf, colOf, values, senators };
}

/** Votes, of which a share is held back at random. */
export function dataset(given: Params): Dataset<CompletionInput> {
  const params = readParams('dataset senate', given, { heldOut: { default: 0.2, min: 0.01, max: 0.9 } });
  return {
    name: 'senate',
    version: '1',
    params,
    licence: 'facts of the public record (works of the United States government)',
    source: '109th Senate of the United States, roll calls of 2005 and 2006, by Voteview through pscl 1.5.5',
    generate: async ({ seed }) => holdBack(await readVotes(), params.heldOut, randomStream(seed)),
    describe: shapeOf,
  };
}
