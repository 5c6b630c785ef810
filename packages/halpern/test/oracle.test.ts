import { describe, expect, it } from 'vitest';
import { type InclusionMethod, type InclusionResult, solveInclusion } from '../src/index.js';
import { METHODS } from '../src/solve-inclusion-options.js';
import { type AffineProblem, affineProblem, boxSolution, distance } from './problems.js';

const monotone: readonly InclusionMethod[] = METHODS.filter(
  (method) => !method.includes('halpern') || method[0] === 'i',
);
const TOLERANCE = 1e-7;

/** |F(x) + g|, by the definition. */
function residualOf({ matrix, offset }: AffineProblem, { x, certificate }: InclusionResult): number {
  const value = matrix.map((row, i) => row.reduce((sum, m, j) => sum + m * x[j], -offset[i]));
  return Math.hypot(...value.map((f, j) => f + certificate.element[j]));
}

/** Strong monotonicity: |x - z*| <= |F(x) + g| / mu. Rounding of the oracle and of F: far below 1e-12 at these sizes. */
function expectSolved(problem: AffineProblem, result: InclusionResult, solution: Float64Array): void {
  expect(result.status).toBe('converged');
  expect(result.certificate.gap).toBeLessThanOrEqual(TOLERANCE);
  expect(Math.abs(residualOf(problem, result) - result.certificate.gap)).toBeLessThan(1e-12);
  expect(distance(result.x, solution)).toBeLessThanOrEqual(result.certificate.gap / problem.mu + 1e-12);
}

/** g lies in the normal cone of the box at x: it is 0 inside and points outwards at the sides. */
function expectNormal({ x, certificate }: InclusionResult, side: number): void {
  certificate.element.forEach((g, j) => {
    expect(Math.abs(x[j])).toBeLessThanOrEqual(side);
    if (Math.abs(x[j]) < side) expect(Math.abs(g)).toBe(0);
    else expect(g * x[j]).toBeGreaterThanOrEqual(0);
  });
}

describe.each(METHODS)('%s', (method) => {
  const skew = monotone.includes(method) ? 1 : 0;

  it('finds the zero of an affine operator that elimination finds', () => {
    for (let seed = 0; seed < 6; seed++) {
      const problem = affineProblem(`zero ${seed}`, { n: 9, d: 4, mu: 0.5, skew });
      expectSolved(problem, solveInclusion(problem.inclusion, { method, seed, tolerance: TOLERANCE }), problem.zero);
    }
  });

  it('finds the solution in a box that trying all active sets finds', () => {
    for (let seed = 0; seed < 6; seed++) {
      const problem = affineProblem(`box ${seed}`, { n: 9, d: 4, mu: 0.5, skew, box: 0.1 });
      const result = solveInclusion(problem.inclusion, { method, seed, tolerance: TOLERANCE, initial: [1, -1, 1, 0] });
      expectSolved(problem, result, boxSolution(problem.matrix, problem.offset, 0.1));
      expectNormal(result, 0.1);
    }
  });

  it('solves a problem with a single component', () => {
    const problem = affineProblem('single', { n: 1, d: 3, mu: 0.5, skew });
    expectSolved(problem, solveInclusion(problem.inclusion, { method, tolerance: TOLERANCE }), problem.zero);
  });
});

describe('method auto', () => {
  const chosen = (shape: Parameters<typeof affineProblem>[1]) =>
    solveInclusion(affineProblem('auto', shape).inclusion, { maxIterations: 1 }).method;

  it('chooses by what the problem states', () => {
    expect(chosen({ n: 5, d: 3, mu: 1 })).toBe('vr-halpern');
    expect(chosen({ n: 1, d: 3, mu: 1 })).toBe('halpern');
    expect(chosen({ n: 5, d: 3, mu: 1, skew: 1 })).toBe('vr-forb');
    expect(chosen({ n: 1, d: 3, mu: 1, skew: 1 })).toBe('extragradient');
  });
});
