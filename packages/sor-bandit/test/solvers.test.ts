import { describe, expect, it } from 'vitest';
import { sor, ssor, ssorCg } from '../src/index.js';
import { norm, residualOf, stream, systems, textbookNorms } from './references.js';

const methods = { sor, ssor, ssorCg };

describe.each(systems())('%s', (_name, A, rows, symmetric) => {
  const n = rows.length;
  const draws = stream('right-hand sides');
  const b = Float64Array.from({ length: n }, () => draws.normal());
  const warm = Float64Array.from({ length: n }, () => draws.normal());

  for (const method of ['sor', 'ssor', 'ssorCg'] as const) {
    if (method === 'ssorCg' && !symmetric) continue;
    // Beyond 1.5, SOR diverges for the unsymmetric system: see endings.test.ts.
    it.each(symmetric ? [0.4, 0.9, 1, 1.3, 1.7] : [0.4, 0.9, 1, 1.3])(
      `${method} has the residuals of the textbook, omega %f`,
      (omega) => {
        for (const initial of [new Float64Array(n), warm]) {
          const result = methods[method](A, b, { omega, initial, tolerance: 1e-10 });
          expect(result.status).toBe('converged');
          const norms = textbookNorms(method, rows, b, omega, initial, result.iterations);
          const target = 1e-10 * norm(b);
          // Both round each of the n^2 products of a residual and carry errors of size eps |A| |x| on; the largest residual
          // bounds |A| |x| from above up to the condition number, which is below 1e3 for these matrices.
          const rounding = 1e3 * n * Number.EPSILON * Math.max(norms[0], norm(b));
          result.history.residualNorm.forEach((value, k) => {
            expect(Math.abs(value - norms[k])).toBeLessThan(rounding);
          });
          // The count is that of the textbook.
          expect(norms[result.iterations]).toBeLessThan(target + rounding);
          if (result.iterations > 0) expect(norms[result.iterations - 1]).toBeGreaterThan(target - rounding);
          // The certificate is the residual of x; n + 2 roundings of each row's sum.
          const truth = norm(residualOf(rows, b, result.x));
          expect(Math.abs(result.certificate.gap - truth)).toBeLessThan(rounding);
          expect(result.certificate.gap).toBeLessThanOrEqual(target);
        }
      },
    );
  }
});

describe('cost', () => {
  const [[, grid], , [, unsymmetric]] = systems();
  const ones = (n: number) => new Float64Array(n).fill(1);

  it('is one pass over the matrix, residuals included', () => {
    for (const [method, A, each] of [
      [sor, grid, 0.5],
      [sor, unsymmetric, 1],
      [ssor, grid, 1],
      [ssorCg, grid, 1],
    ] as const) {
      const result = method(A, ones(A === grid ? 36 : 30), { omega: 1.2 });
      // SSOR and SSOR-CG solve once with L before the first iteration.
      const setUp = method === sor ? 0 : 0.5;
      expect(result.counts.matrixPasses).toBe(each * result.iterations + setUp + result.counts.matvecs);
      expect(result.counts.matvecs).toBe(3);
    }
  });
});

describe('tolerance', () => {
  const [[, A]] = systems();
  const b = new Float64Array(36).fill(2);
  const initial = new Float64Array(36).fill(1000);

  it('is relative to what was asked for', () => {
    const first = norm(residualOf(systems()[0][2], b, initial));
    for (const [toleranceReference, reference] of [
      ['rhs', norm(b)],
      ['initial', first],
      ['absolute', 1],
    ] as const) {
      const { certificate, status, history } = sor(A, b, { toleranceReference, initial, tolerance: 1e-3, omega: 1.3 });
      expect(status).toBe('converged');
      expect(certificate.gap).toBeLessThanOrEqual(1e-3 * reference);
      expect(history.residualNorm.at(-2)).toBeGreaterThan(1e-3 * reference);
    }
  });

  it('gives the same iterates whatever the unit of b', () => {
    const small = sor(A, b, { omega: 1.4 });
    for (const unit of [2 ** -900, 2 ** 900]) {
      const other = sor(
        A,
        b.map((value) => value * unit),
        { omega: 1.4 },
      );
      expect(other.x.map((value) => value / unit)).toEqual(small.x);
    }
  });
});
