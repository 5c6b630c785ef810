import { canonicalJson, digestArray, digestJson } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { type LassoFit, lambdaMax, lasso, lassoPath } from '../src/index.js';
import { testProblem } from './problems.js';

/**
 * SHA-256 of answers, equal in every engine and on both backends. The data are uniform draws, combined with + and * alone.
 * A change of a digest is a minor version: say so in the changelog.
 */
const STORED = {
  'dense, working-set': '97977b734df5038a617d7fac148dda775f9315ee6c02ffadddb72d08a35e40ff',
  'dense, cyclic': '56d2909d206e6a378d96aa392bcf1d0f6775f2340a19cfaaf75bfd153653e499',
  'sparse, working-set': 'd41a1c92ddd7a05c2d81981a7706de4a9b3837c0a70e94fc0f997bde4e8463ad',
  'sparse, cyclic': '69e72707474731e9580676b73d5559e70fe69c7431bc9b71a48725cb0e47aa47',
  path: '00bc0dc8a5828ab15b24f9b22fa46da156fea0642575f561fefb7dfb672bf286',
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
