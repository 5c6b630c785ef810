// Functions of differences along edges, and Newton steps by message passing.
import { randomStream } from '@lemmata/core';
import { solveLinearSystem } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import {
  minimize,
  minimizeIterations,
  type PairTerm,
  type PairwiseOptions,
  pairwise,
  quadratic,
  treePartition,
} from '../src/index.js';
import { plain } from './block-problems.js';
import { expectRefusal } from './refusal.js';

const N = 9;

/** A random graph with cycles: a ring and a few chords. */
function instance(seed: number) {
  const stream = randomStream(seed).fork('pairs');
  const W = Array.from({ length: N }, () => new Array<number>(N).fill(0));
  const link = (i: number, j: number) => {
    if (i === j) return;
    W[i][j] = 0.2 + stream.uniform();
    W[j][i] = W[i][j];
  };
  for (let i = 0; i < N; i++) link(i, (i + 1) % N);
  for (let k = 0; k < 4; k++) link(stream.integer(N), stream.integer(N));
  return {
    W,
    y: Array.from({ length: N }, () => 4 * stream.normal()),
    a: Array.from({ length: N }, (_, i) => (i % 3 === 0 ? 0 : 0.1 + stream.uniform())),
    x: Float64Array.from({ length: N }, () => 3 * stream.normal()),
    d: Float64Array.from({ length: N }, () => stream.normal()),
  };
}

const phis: Record<string, { options: PairwiseOptions; phi: (t: number) => number }> = {
  huber: {
    options: { delta: 0.5 },
    phi: (t) => (Math.abs(t) <= 0.5 ? (t * t) / 2 : 0.5 * (Math.abs(t) - 0.25)),
  },
  'log-cosh': { options: { term: 'log-cosh', delta: 0.5 }, phi: (t) => 0.25 * Math.log(Math.cosh(t / 0.5)) },
  own: {
    options: {
      term: {
        curvature: 1,
        value: (t) => Math.sqrt(1 + t * t),
        slope: (t) => t / Math.sqrt(1 + t * t),
        second: (t) => 1 / (1 + t * t) ** 1.5,
      },
    },
    phi: (t) => Math.sqrt(1 + t * t),
  },
};

describe.each(Object.entries(phis))('pairwise, %s', (name, { options, phi }) => {
  const value = ({ W, y, a }: ReturnType<typeof instance>, x: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < N; i++) {
      sum += (a[i] / 2) * (x[i] - y[i]) ** 2;
      for (let j = 0; j < i; j++) sum += W[i][j] * phi(x[i] - x[j]);
    }
    return sum;
  };

  it('has the value and the gradient of its definition, and lies below its bounds and models', () => {
    for (let seed = 0; seed < 30; seed++) {
      const data = instance(seed);
      const { x, d } = data;
      const f = pairwise(data.W, data.y, data.a, options);
      const own = value(data, x);
      expect(Math.abs(f.value(x) - own)).toBeLessThanOrEqual(64 * Number.EPSILON * N * own);
      const g = new Float64Array(N);
      f.gradient(x, g);
      const all = Int32Array.from({ length: N }, (_, i) => i);
      const [bound, hessian] = [new Float64Array(N * N), new Float64Array(N * N)];
      f.blockBound?.(all, bound);
      f.blockHessian?.(x, all, hessian);
      const form = (h: Float64Array) =>
        d.reduce((s, p, i) => s + d.reduce((t, q, j) => t + p * q * h[i * N + j], 0), 0);
      const slope = d.reduce((s, p, i) => s + p * g[i], 0);
      const at = (t: number) =>
        value(
          data,
          x.map((v, i) => v + t * d[i]),
        );
      expect(at(1)).toBeLessThanOrEqual(own + slope + form(bound) / 2 + 1e-12 * own);
      expect(form(hessian)).toBeLessThanOrEqual(form(bound) * (1 + 1e-12));
      const h = 1e-5;
      // Second derivatives along d are at most those of the bound; a central difference is off by h times that.
      const limit = form(bound) * h + (256 * Number.EPSILON * own) / h;
      expect(Math.abs((at(h) - at(-h)) / (2 * h) - slope)).toBeLessThanOrEqual(limit);
      if (name === 'huber') continue;
      const [above, below] = [h, -h].map((t) => {
        const out = new Float64Array(N);
        f.gradient(
          x.map((v, i) => v + t * d[i]),
          out,
        );
        return out.reduce((s, v, i) => s + v * d[i], 0);
      });
      // Third derivatives of both terms are at most 2, times cubes of differences of d; fourth ones at most 8.
      const reach = 2 * Math.max(...d.map(Math.abs));
      const weight = data.W.flat().reduce((s, w) => s + w, 0);
      const off = 8 * weight * reach ** 4 * h * h + (256 * Number.EPSILON * own) / h;
      expect(Math.abs((above - below) / (2 * h) - form(hessian))).toBeLessThanOrEqual(off);
    }
  });

  it('is minimised by message passing as by updates of single variables and through the interface alone', () => {
    for (let seed = 0; seed < 12; seed++) {
      const data = instance(seed);
      const smooth = pairwise(data.W, data.y, data.a, options);
      const run = { tolerance: 1e-9, maxIterations: 20000 } as const;
      const results = [
        minimize({ smooth }, { ...run, partition: 'forest' }),
        minimize({ smooth }, { ...run, partition: 'forest', selection: 'random' }),
        minimize(
          { smooth },
          {
            ...run,
            partition: treePartition(data.W.map((row, i) => row.map((w, j) => (i === j ? 1 : w)))),
            selection: 'cyclic',
            update: 'message-passing',
          },
        ),
        minimize({ smooth }, { ...run, update: 'newton', selection: 'gs' }),
        minimize({ smooth: plain(smooth) }, { ...run, blockSize: 3, selection: 'gsl' }),
      ];
      for (const { status, x, objective, certificate, history } of results) {
        expect(['converged', 'stalled']).toContain(status);
        // F - F* <= g . (x - x*), and all points here are less than 40 from each other in every variable.
        expect(objective - results[3].objective).toBeLessThanOrEqual(N * 40 * certificate.gap + 1e-11);
        expect(Math.abs(objective - value(data, x))).toBeLessThanOrEqual(1e-12 * (1 + objective));
        for (let t = 1; t < history.objective.length; t++) {
          expect(history.objective[t] - history.objective[t - 1]).toBeLessThanOrEqual(1e-12 * (1 + objective));
        }
      }
    }
  });

  it('passes messages to the point of the dense Newton step on a tree, when that is long enough', () => {
    for (let seed = 0; seed < 30; seed++) {
      const data = instance(seed);
      const path = data.W.map((row, i) => row.map((w, j) => (Math.abs(i - j) === 1 ? w : 0)));
      const f = pairwise(
        path,
        data.y,
        data.a.map((a) => a + 0.5),
        options,
      );
      const all = Int32Array.from({ length: N }, (_, i) => i);
      const [g, h] = [new Float64Array(N), new Float64Array(N * N)];
      f.gradient(data.x, g);
      f.blockHessian?.(data.x, all, h);
      const rows = Array.from({ length: N }, (_, i) => [...h.subarray(i * N, (i + 1) * N)]);
      const step = solveLinearSystem(rows, [...g]) as number[];
      const to = data.x.map((v, i) => v - step[i]);
      const slope = g.reduce((s, v, i) => s - v * step[i], 0);
      if (f.value(to) > f.value(data.x) + 1e-4 * slope) continue;
      const states = minimizeIterations({ smooth: f }, { partition: 'forest', initial: data.x, tolerance: 0 });
      states.next();
      const { x } = states.next().value as { x: Float64Array };
      // The Hessian's condition number is at most (8 max w + a) / min a < 100.
      const size = 1 + Math.max(...to.map(Math.abs)) + Math.max(...step.map(Math.abs));
      x.forEach((v, i) => {
        expect(Math.abs(v - to[i])).toBeLessThanOrEqual(1e-11 * size);
      });
      states.return(undefined as never);
    }
  });
});

it('with differences below delta Huber is the quadratic function of the graph', () => {
  const { W, y, a } = instance(3);
  const weights = a.map((value) => value + 0.1);
  const smooth = pairwise(W, y, weights, { delta: 1000 });
  const H = W.map((row, i) => row.map((w, j) => (i === j ? weights[i] + row.reduce((s, v) => s + v, 0) : -w)));
  const same = quadratic(
    H,
    y.map((value, i) => weights[i] * value),
  );
  const [p, q] = [smooth, same].map((f) => minimize({ smooth: f }, { partition: 'forest', tolerance: 1e-12 }).x);
  p.forEach((value, i) => {
    expect(Math.abs(value - q[i])).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(q[i])));
  });
});

it('refuses what it cannot take', () => {
  const edge = [
    [0, 1],
    [1, 0],
  ];
  const negative = [
    [0, -1],
    [-1, 0],
  ];
  expectRefusal(() => pairwise(negative, [0, 0], [1, 1]), 'ERR_INPUT', 'graph[0][1]: expected a weight >= 0');
  expectRefusal(() => pairwise(edge, [0], [1, 1]), 'ERR_DIMENSION', 'targets: expected length 2');
  expectRefusal(() => pairwise(edge, [0, 0], [1, -1]), 'ERR_INPUT', 'fidelity[1]: expected a number >= 0');
  expectRefusal(() => pairwise(edge, [0, 0], [1, 1], { delta: 0 }), 'ERR_OPTION', 'options.delta');
  expectRefusal(() => pairwise(edge, [0, 0], [1, 1], { term: 'cauchy' as never }), 'ERR_OPTION', 'options.term');
  const half = { curvature: 1, value: Math.abs } as unknown as PairTerm;
  expectRefusal(() => pairwise(edge, [0, 0], [1, 1], { term: half }), 'ERR_OPTION', 'options.term.slope');
});
