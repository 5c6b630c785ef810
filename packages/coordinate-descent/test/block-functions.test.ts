import { randomStream } from '@lemmata/core';
import { naiveProduct, solveLinearSystem } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { minimize, softmax } from '../src/index.js';
import { blockData, functionsOf, plain } from './block-problems.js';
import { expectRefusal } from './refusal.js';

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

describe('softmax', () => {
  const [features, k, m] = [2, 3, 15];
  const { rows } = blockData('softmax', m, features);
  const codes = rows.map((row, r) => (row[0] > 0 ? 1 : 0) + (r % 4 === 0 ? 1 : 0));
  const ridge = 0.2;
  const f = softmax(rows, codes, { ridge });
  const n = features * k;

  /** log sum exp by definition: forms here are far from overflow. */
  const value = (x: Float64Array) =>
    rows.reduce(
      (sum, row, r) => {
        const z = Array.from({ length: k }, (_, c) => row.reduce((s, v, j) => s + v * x[j * k + c], 0));
        return sum + Math.log(z.reduce((s, v) => s + Math.exp(v), 0)) - z[codes[r]];
      },
      (ridge / 2) * x.reduce((s, v) => s + v * v, 0),
    );
  const at = () => Float64Array.from({ length: n }, () => stream.normal() / 2);
  const blocks = Array.from({ length: 2 ** n - 1 }, (_, set) =>
    Int32Array.from({ length: n }, (_, i) => i).filter((i) => (((set + 1) >> i) & 1) === 1),
  );

  it('has the value, gradient and Hessian of its definition', () => {
    for (let trial = 0; trial < 20; trial++) {
      const x = at();
      const own = value(x);
      expect(Math.abs(f.value(x) - own)).toBeLessThanOrEqual(64 * Number.EPSILON * (m + n + own));
      const gradient = new Float64Array(n);
      f.gradient(x, gradient);
      const all = Int32Array.from({ length: n }, (_, i) => i);
      const hessian = new Float64Array(n * n);
      f.blockHessian?.(x, all, hessian);
      for (let i = 0; i < n; i++) {
        const h = 1e-5;
        const [up, down] = [1, -1].map((sign) => x.map((v, j) => (i === j ? v + sign * h : v)));
        // The central difference is off by M_i h^2 / 6, M_i the third-order constant, and by the rounding of values.
        const third = Number(f.thirdOrder?.[i]);
        const bound = (third * h * h) / 6 + (64 * Number.EPSILON * (m + n + own)) / h;
        expect(Math.abs((value(up) - value(down)) / (2 * h) - gradient[i])).toBeLessThanOrEqual(bound);
        const [above, below] = [up, down].map((to) => {
          const out = new Float64Array(n);
          f.gradient(to, out);
          return out;
        });
        // Fourth derivatives of log sum exp are at most 1 in size, times products of four entries.
        const largest = Math.max(...rows.flat().map(Math.abs));
        const limit = m * largest ** 4 * h * h + (64 * Number.EPSILON * m * largest) / h;
        for (let j = 0; j < n; j++) {
          expect(Math.abs((above[j] - below[j]) / (2 * h) - hessian[i * n + j])).toBeLessThanOrEqual(limit);
        }
      }
    }
  });

  it('has bounds above the Hessian on every block: no eigenvalue of the difference is below 0', () => {
    for (let trial = 0; trial < 5; trial++) {
      const x = at();
      for (const chosen of blocks) {
        const size = chosen.length;
        const [bound, hessian] = [new Float64Array(size * size), new Float64Array(size * size)];
        f.blockBound?.(chosen, bound);
        f.blockHessian?.(x, chosen, hessian);
        const trace = bound.reduce((sum, v, at) => sum + (at % (size + 1) === 0 ? v : 0), 0);
        // Positive semidefinite with the shift of rounding: elimination meets no pivot below 0.
        const rest = Array.from({ length: size }, (_, a) =>
          Array.from(
            { length: size },
            (_, c) => bound[a * size + c] - hessian[a * size + c] + (a === c ? 1e-12 * trace : 0),
          ),
        );
        for (let a = 0; a < size; a++) {
          expect(rest[a][a]).toBeGreaterThan(0);
          for (let c = a + 1; c < size; c++) {
            const factor = rest[c][a] / rest[a][a];
            for (let e = a; e < size; e++) rest[c][e] -= factor * rest[a][e];
          }
        }
        if (size === 1) expect(Math.abs(bound[0] - f.lipschitz[chosen[0]])).toBeLessThanOrEqual(1e-14 * bound[0]);
      }
    }
  });

  it('with two classes is the logistic loss of twice the difference: same value for opposite weights', () => {
    const labels = rows.map((row) => row[0] > 0);
    const two = softmax(rows, labels);
    for (let trial = 0; trial < 10; trial++) {
      const w = [stream.normal(), stream.normal()];
      const logit = naiveProduct(rows, w).reduce(
        (sum, z, r) => sum + Math.log1p(Math.exp(labels[r] ? -2 * z : 2 * z)),
        0,
      );
      expect(Math.abs(two.value(Float64Array.of(-w[0], w[0], -w[1], w[1])) - logit)).toBeLessThanOrEqual(
        1e-13 * (m + logit),
      );
    }
  });

  it('is minimised alike by every update, dense, sparse and through the interface alone, with a gap that closes', () => {
    const sparse = {
      layout: 'csc' as const,
      rows: m,
      cols: features,
      indptr: [0, m, 2 * m],
      indices: Array.from({ length: 2 * m }, (_, e) => e % m),
      data: Array.from({ length: 2 * m }, (_, e) => rows[e % m][Math.floor(e / m)]),
    };
    for (const l1 of [0, 0.5]) {
      const best = minimize({ smooth: f, l1 }, { blockSize: n, update: 'exact', tolerance: 1e-12 });
      expect(best.certificate.kind).toBe('duality-gap');
      const gradient = new Float64Array(n);
      f.gradient(best.x, gradient);
      gradient.forEach((g, i) => {
        const violation = best.x[i] === 0 ? Math.max(0, Math.abs(g) - l1) : Math.abs(g + l1 * Math.sign(best.x[i]));
        expect(violation).toBeLessThanOrEqual(1e-4);
      });
      for (const smooth of [f, softmax(sparse, codes, { ridge }), plain(f)]) {
        for (const update of ['gradient', 'diagonal', 'matrix', 'newton', 'two-metric', 'estimated'] as const) {
          const { objective, certificate, status } = minimize(
            { smooth, l1 },
            { blockSize: 2, update, tolerance: 1e-7 },
          );
          expect(status).toBe('converged');
          // Stationarity s of the interface alone: F is ridge-strongly convex, F - F* <= n s^2 / (2 ridge).
          const gap =
            certificate.kind === 'duality-gap' ? certificate.gap : (n * certificate.gap ** 2) / (2 * ridge) + 1e-12;
          expect(objective).toBeLessThanOrEqual(best.objective + gap + 1e-12 * m);
          expect(objective).toBeGreaterThanOrEqual(best.objective - best.certificate.gap - 1e-12 * m);
        }
      }
      for (const selection of ['cyclic', 'mi'] as const) {
        const { status } = minimize({ smooth: f, l1 }, { blockSize: 2, selection, tolerance: 1e-7 });
        expect(status).toBe('converged');
      }
    }
    for (const selection of ['gs', 'gsl', 'gsc', 'gsq'] as const) {
      for (const majorizer of ['row-sum', 'top-row-sum'] as const) {
        const run = { blockSize: 2, selection, majorizer, update: 'diagonal' } as const;
        const { status, history } = minimize({ smooth: f }, run);
        expect(status).toBe('converged');
        const rises = Array.from(history.objective.slice(1)).map((now, t) => now - history.objective[t]);
        expect(Math.max(...rises)).toBeLessThanOrEqual(1e-13 * m);
      }
    }
  });

  it('refuses what it cannot take', () => {
    expectRefusal(() => softmax([[1], [2]], [1, 1]), 'ERR_INPUT', 'labels: expected at least two classes');
    expectRefusal(() => softmax([[1], [2]], [1]), 'ERR_DIMENSION', 'labels: expected length 2');
    expectRefusal(() => softmax([[1], [2]], [1, 2], { ridge: -1 }), 'ERR_OPTION', 'options.ridge');
    expectRefusal(() => softmax([[1], [NaN]], [1, 2]), 'ERR_NOT_FINITE', 'A[1][0]');
  });
});
