import { toArrays } from '@lemmata/linalg';
import { describe, expect, it } from 'vitest';
import { laplacian2d, sor, sorSpectralRadius, youngOmega } from '../src/index.js';
import type { Rows } from './references.js';

/**
 * The spectral radius by squaring: |C^N|^(1/N) lies between rho and rho cond(V)^(1/N), V the eigenvectors. With N = 2^34
 * even cond(V) = 1e12 moves it by less than 2e-9, and an error of relative size e in the k-th square by e / 2^k.
 */
function radiusBySquaring(C: Rows): number {
  let power = C;
  let logarithm = 0;
  for (let k = 0; k <= 34; k++) {
    const size = Math.max(...power.flat().map(Math.abs));
    logarithm += Math.log(size) / 2 ** k;
    if (k === 34) break;
    const unit = power.map((row) => row.map((value) => value / size));
    power = unit.map((row) =>
      row.map((_, j) => {
        let sum = 0;
        for (let l = 0; l < row.length; l++) sum += row[l] * unit[l][j];
        return sum;
      }),
    );
  }
  return Math.exp(logarithm);
}

/** The iteration matrix of SOR: column j is one sweep from the unit vector e_j towards 0. */
function iterationMatrix(A: Rows, omega: number): Rows {
  const n = A.length;
  const columns = A.map((_, j) => {
    const initial = new Float64Array(n);
    initial[j] = 1;
    return sor(A, new Float64Array(n), { omega, initial, maxIterations: 1 }).x;
  });
  return A.map((_, i) => columns.map((column) => column[i]));
}

describe("Young's theory", () => {
  it('has the values of the 10 x 10 Laplacian', () => {
    const beta = Math.cos(Math.PI / 11);
    // Stored to 8 decimals.
    expect(Math.abs(beta - 0.95949297)).toBeLessThan(6e-9);
    expect(Math.abs(youngOmega(beta) - 1.56038792)).toBeLessThan(6e-9);
  });

  it.each([0.3, 0.8, 1, 1.1, 1.5, 1.7, 1.95])('gives the spectral radius of the sweeps, omega %f', (omega) => {
    for (const shift of [0, 0.3]) {
      const beta = (4 * Math.cos(Math.PI / 5)) / (4 + shift);
      const A = toArrays(laplacian2d(4, shift));
      const measured = radiusBySquaring(iterationMatrix(A, omega));
      expect(Math.abs(measured - sorSpectralRadius(omega, beta))).toBeLessThan(1e-8);
    }
  });

  it('is smallest at omega*', () => {
    for (const beta of [0, 0.2, 0.7, 0.99]) {
      const best = youngOmega(beta);
      const least = sorSpectralRadius(best, beta);
      for (let omega = 0.01; omega < 2; omega += 0.01) {
        // At omega* the root of a difference that cancels: errors of size sqrt(eps).
        expect(sorSpectralRadius(omega, beta)).toBeGreaterThan(least - 1e-7);
      }
    }
  });
});
