import { randomStream } from '@lemmata/core';
import { solveLinearSystem } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { blockData, functionsOf } from './block-problems.js';

const N = 6;
const data = blockData('functions', 12, N);
const stream = randomStream('points');
const block = Int32Array.of(1, 2, 4);

function point(): Float64Array {
  return Float64Array.from({ length: N }, () => stream.normal() / 4);
}

/** x' H x by definition. */
function form(h: Float64Array, d: readonly number[]): number {
  return d.reduce((sum, p, a) => sum + d.reduce((part, q, c) => part + p * q * h[a * d.length + c], 0), 0);
}

describe.each(Object.entries(functionsOf(data)))('%s', (_, f) => {
  const points = [point(), point(), point()];

  it('has the gradient that differences of its values say', () => {
    for (const x of points) {
      const gradient = new Float64Array(N);
      f.gradient(x, gradient);
      for (let i = 0; i < N; i++) {
        const h = 1e-4;
        const [up, down] = [1, -1].map((sign) => f.value(x.map((v, j) => (i === j ? v + sign * h : v))));
        // Second derivatives are at most L_i: a central difference is off by L_i h, and by the rounding of both values.
        const bound = f.lipschitz[i] * h + (64 * Number.EPSILON * (Math.abs(up) + Math.abs(down))) / h;
        expect(Math.abs((up - down) / (2 * h) - gradient[i])).toBeLessThanOrEqual(bound);
      }
    }
  });

  it('lies below the model with L_i, and below that with H_b, at random points', () => {
    const h = new Float64Array(block.length * block.length);
    f.blockBound?.(block, h);
    for (const x of points) {
      const gradient = new Float64Array(N);
      f.gradient(x, gradient);
      const value = f.value(x);
      const slack = 1e-12 * (1 + Math.abs(value));
      for (let trial = 0; trial < 20; trial++) {
        const d = Array.from(block, () => stream.normal());
        const to = x.slice();
        block.forEach((i, k) => {
          to[i] += d[k];
        });
        const slope = d.reduce((sum, v, k) => sum + v * gradient[block[k]], 0);
        expect(f.value(to)).toBeLessThanOrEqual(value + slope + form(h, d) / 2 + slack);
        const i = trial % N;
        const t = stream.normal();
        const along = x.map((v, j) => (i === j ? v + t : v));
        expect(f.value(along)).toBeLessThanOrEqual(value + t * gradient[i] + (f.lipschitz[i] * t * t) / 2 + slack);
      }
    }
  });

  it('has blocks of a Hessian that differences of gradients show', () => {
    const size = block.length;
    for (const x of points) {
      const hessian = new Float64Array(size * size);
      f.blockHessian?.(x, block, hessian);
      const direction = Array.from(block, () => stream.normal());
      const h = 1e-6;
      const [up, down] = [1, -1].map((sign) => {
        const to = x.slice();
        block.forEach((i, k) => {
          to[i] += sign * h * direction[k];
        });
        const gradient = new Float64Array(N);
        f.gradient(to, gradient);
        return gradient;
      });
      for (let a = 0; a < size; a++) {
        const difference = (up[block[a]] - down[block[a]]) / (2 * h);
        const product = direction.reduce((sum, v, c) => sum + v * hessian[a * size + c], 0);
        // Third derivatives are below 10^3 here, and gradients below 10^3.
        expect(Math.abs(difference - product)).toBeLessThanOrEqual(1e3 * h + (64 * Number.EPSILON * 1e3) / h);
      }
    }
  });
});

it('the quadratic function is least where H x = b', () => {
  const { quadratic } = functionsOf(data);
  const x = Float64Array.from(solveLinearSystem(data.gram, data.products) as number[]);
  const gradient = new Float64Array(N);
  quadratic.gradient(x, gradient);
  const size = Math.max(...data.products.map(Math.abs));
  for (const g of gradient) expect(Math.abs(g)).toBeLessThanOrEqual(1e-12 * size);
});
