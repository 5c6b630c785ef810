// The genome of phage lambda. See data/lambda/SOURCE.md.
import { readFile } from 'node:fs/promises';
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { digestBytes, randomStream } from '@lemmata/core';
import type { HammingInput } from '../instance.js';
import { substituted } from './substituted.js';

const FILE = new URL('../../../data/lambda/lambda.fa', import.meta.url);
const SHA256 = 'cef8cf6ce4065fda95c44231f892d5990b2df1104cfb573038883662db21c300';

/** The bases as bytes A, C, G and T. */
export async function lambdaGenome(): Promise<Uint8Array> {
  const bytes = new Uint8Array(await readFile(FILE));
  const digest = await digestBytes(bytes);
  if (digest !== SHA256) throw new Error(`lambda.fa: expected SHA-256 ${SHA256}, got ${digest}`);
  const LINE_END = 10;
  return bytes.subarray(bytes.indexOf(LINE_END) + 1).filter((byte) => byte !== LINE_END);
}

/** The genome, and a piece of it of which some bases are substituted. */
export function dataset(given: Params): Dataset<HammingInput> {
  const params = readParams('dataset lambda', given, {
    m: { default: 23, min: 1, integer: true },
    substitutions: { default: 2, min: 0, integer: true },
  });
  return {
    name: 'lambda',
    version: '1',
    params,
    licence: 'facts, no restrictions by GenBank and RefSeq',
    source: 'phage lambda, NC_001416.1 (Sanger and others, 1982); pattern: a piece with substitutions',
    generate: async ({ seed }) => {
      const text = await lambdaGenome();
      return { text, pattern: substituted(text, params.m, params.substitutions, randomStream(seed)) };
    },
    describe: ({ text, pattern }) => ({ shape: [text.length, pattern.length] }),
  };
}
