import { canonicalJson, digestArray, digestJson } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { type LassoFit, lambdaMax, lasso, lassoPath } from '../src/index.js';
import { testProblem } from './problems.js';

/**
 * SHA-256 of answers, equal in every engine and on both backends. The data are uniform draws, combined with + and * alone.
 * A change of a digest is a minor version: say so in the changelog.
 */
const STORED = {
  'dense, working-set': 'c48685e7f500c721bc8b24edc45b7e39d03be27529cf72546ae26127a0683bcd',
  'dense, cyclic': '7d1bbd6d98402e9a1fb4a02579a758afe610b40ad6560d1af6b6c516d9f31860',
  'sparse, working-set': 'c1a249db696f72e913b7cb04b8db567726e68763470cdc5f2f544b83f0d6d630',
  'sparse, cyclic': 'd91bfe2ffa718216000fe74007d898d1530adac88469696f585f12c282b09296',
  path: '13ab147c8d30904489e9e5110556b26fda54a0b7cfab8cd05b544dfe85525810',
};

const { dense, sparse, b } = testProblem('golden', 120, 300, 0.3, 1);

async function digestOf(fit: LassoFit): Promise<string> {
  const { coefficients, certificate, intercept, objective, iterations, counts } = fit;
  const arrays = [await digestArray(coefficients), await digestArray(certificate.dual)];
  return digestJson(JSON.parse(canonicalJson({ arrays, intercept, objective, iterations, counts: { ...counts } })));
}

describe.each(['js', 'wasm'] as const)('stored digests, %s', (backend) => {
  for (const [name, A] of [
    ['dense', dense],
    ['sparse', sparse],
  ] as const) {
    it.each(['working-set', 'cyclic'] as const)(`${name}, %s`, async (algorithm) => {
      const lambda = lambdaMax(A, b, { backend }) / 30;
      const fit = lasso(A, b, { lambda, algorithm, backend, tolerance: 1e-8 });
      expect(fit.status).toBe('converged');
      expect(await digestOf(fit)).toBe(STORED[`${name}, ${algorithm}`]);
    });
  }

  it('path', async () => {
    // Lambdas by division alone: the digest does not depend on the portable power.
    const first = lambdaMax(sparse, b, { backend });
    const lambdas = Array.from({ length: 10 }, (_, t) => first / (1 + t * t));
    const path = lassoPath(sparse, b, { lambdas, backend });
    expect(path.status).toBe('converged');
    expect(await digestArray(path.coefficients.data)).toBe(STORED.path);
  });
});
