import { digestArray } from '@lemmata/core';
import { expect, it } from 'vitest';
import { type Completion, completeMatrix, robustAlternatingMinimization } from '../src/index.js';
import { lowRank } from './problems.js';

/** SHA-256 of answers, equal in every engine. A change of a digest is a minor version: say so in the changelog. */
const STORED: Record<string, string> = {
  'cholesky, ridge, biases': '4ac2a33cb41198f4352dab7058cfd45d6b4c5a0cd854725eef27d6b0d92918df',
  'pcg, ridge, biases': 'e409c79d7f40ec1b0aed59d799b21eec8366cba656f1145b735aeeabe53ad01c',
  'cg, exact data': '43b8fa07dafc3470e66b57c70b9ec67328a0d659d6c635b8507c52b14f67774a',
  'robust, pcg': '4d20de1e8d21c2a36adfd7dccef8898a62aa36a7d6f78f23ed0d4478e5341994',
  'robust, split': '751ce6d7a2f7062010a4b17488b51f7bc9a868151fdd2d5c834dd88c427426dd',
};

const noisy = lowRank('golden', 40, 35, 3, 0.5, 1, 0.2).observed;
const exact = lowRank('golden-exact', 40, 35, 3, 0.6, 4).observed;

const runs: Record<string, () => Completion> = {
  'cholesky, ridge, biases': () => completeMatrix(noisy, { rank: 3, lambda: 0.05, solver: 'cholesky' }),
  'pcg, ridge, biases': () => completeMatrix(noisy, { rank: 4, lambda: 0.05, solver: 'pcg', initial: 'random' }),
  'cg, exact data': () => completeMatrix(exact, { rank: 3, lambda: 0, solver: 'cg', maxIterations: 6 }),
  'robust, pcg': () => robustAlternatingMinimization(exact, { rank: 3 }),
  'robust, split': () => robustAlternatingMinimization(exact, { rank: 1, splitSamples: true, maxIterations: 2 }),
};

it.each(Object.keys(STORED))('stored digest: %s', async (name) => {
  const fit = runs[name]();
  const parts = [fit.U.data, fit.V.data, fit.rowBiases, fit.colBiases, fit.history.objective, fit.history.kappa];
  const digests = await Promise.all(parts.map((part) => digestArray(part)));
  const text = new TextEncoder().encode(digests.join(''));
  expect(await digestArray(Float64Array.from(text))).toBe(STORED[name]);
});
