import { canonicalJson, digestArray, digestJson, randomStream } from '@lemmata/core';
import { randomRows, randomVector } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { matrixGame, solveInclusion, solveLP } from '../src/index.js';
import { METHODS } from '../src/solve-inclusion-options.js';
import { affineProblem } from './problems.js';

/**
 * SHA-256 of answers, equal in every engine. The data are uniform draws, combined with + and * alone. A change of a digest
 * is a minor version: say so in the changelog.
 */
const STORED: Readonly<Record<string, string>> = {
  'vr-halpern': '68b348b8d0629911f118083da510b8146b79a8529493c18bec3a4cd4efca8fd0',
  'inexact-halpern': 'c9c65683d187339880e2ee69644bf34ebacc937c8477f66e7dc685200021c4aa',
  'vr-forb': '089af3d928261fefcc0902b43fd8467e5218583ad6579ffd8d06a57896ef50c2',
  halpern: '38c9c6a418d8cb910dd1c19cdc3ae30ac2caca48c16f9929f45f25fb3e84061c',
  'anchored-gradient': 'e03b96c293cc031f173f441f522274a226a3bc334babc2393753e7da922bbc48',
  extragradient: '3659e74aee82224faa0779fd405c45dc091d5ebb65476c076813fcf98971b759',
  game: '51ea7b47ea20dd0739296a23523193854c5f6b219fedefe0203ce8e80950ca74',
  lp: '22b5ff49927f04b79e2b02047a0dfb7cdaf762b3c55318bf8dfec042266abfda',
};

async function digestOf(arrays: Float64Array[], counts: object, iterations: number): Promise<string> {
  const digests = await Promise.all(arrays.map((array) => digestArray(array)));
  return digestJson(JSON.parse(canonicalJson({ digests, counts: { ...counts }, iterations })));
}

describe('stored digests', () => {
  it.each(METHODS)('%s', async (method) => {
    const skew = method === 'vr-halpern' || method === 'halpern' ? 0 : 1;
    const { inclusion } = affineProblem('golden', { n: 16, d: 5, mu: 0.3, skew, box: 0.15 });
    const { x, certificate, counts, iterations } = solveInclusion(inclusion, { method });
    expect(await digestOf([x, certificate.element], counts, iterations)).toBe(STORED[method]);
  });

  it('matrix game', async () => {
    const stream = randomStream('golden game');
    const A = randomRows(() => stream.uniform(), 20, 30, 0.5);
    const { x, y, counts, iterations } = matrixGame(A);
    expect(await digestOf([x, y], counts, iterations)).toBe(STORED['game']);
  });

  it('linear program', async () => {
    const stream = randomStream('golden lp');
    const uniform = () => stream.uniform();
    const A = randomRows(uniform, 8, 12, 0.6);
    const ones = A.map((row) => row.reduce((sum, a) => sum + a, 0));
    const options = { c: randomVector(uniform, 12), A, rowLower: ones, colUpper: new Float64Array(12).fill(2) };
    const { x, y, counts, iterations, status } = solveLP(options);
    expect(status).toBe('converged');
    expect(await digestOf([x, y], counts, iterations)).toBe(STORED['lp']);
  });
});
