// Functions of pairs of variables with terms of the caller's own.
import { randomStream } from '@lemmata/core';
import { solveLinearSystem } from '@lemmata/testing';
import { expect, it } from 'vitest';
import {
  type EdgeTerms,
  minimize,
  minimizeIterations,
  type NodeTerms,
  type PairTerm,
  pairwise,
  pairwiseTerms,
} from '../src/index.js';
import { plain } from './block-problems.js';
import { expectRefusal } from './refusal.js';

const N = 7;
type Edge = readonly [number, number];

/** Softplus of linear forms on edges, and log cosh of distances on nodes, as plain functions. */
function instance(seed: number, tree: boolean) {
  const stream = randomStream(seed).fork('terms');
  const edges: Edge[] = Array.from({ length: N - 1 }, (_, k) => {
    const other = stream.integer(k + 1);
    return k % 2 === 0 ? [k + 1, other] : [other, k + 1];
  });
  if (!tree) {
    for (const pair of [
      [0, 5],
      [3, 6],
      [6, 1],
    ] as const) {
      if (!edges.some(([i, j]) => (i === pair[0] && j === pair[1]) || (i === pair[1] && j === pair[0])))
        edges.push(pair);
    }
  }
  const forms = edges.map(() => [stream.normal(), stream.normal(), 0] as const);
  const y = Array.from({ length: N }, () => stream.normal() / 2);
  const chance = (t: number) => 1 / (1 + Math.exp(-t));
  const at = (e: number, p: number, q: number) => forms[e][0] * p + forms[e][1] * q + forms[e][2];
  const nodes: NodeTerms = {
    curvatures: y.map(() => 1),
    value: (i, x) => Math.log(Math.cosh(x - y[i])),
    slope: (i, x) => Math.tanh(x - y[i]),
    second: (i, x) => 1 - Math.tanh(x - y[i]) ** 2,
  };
  const pairs: EdgeTerms = {
    bounds: forms.flatMap(([a, b]) => [(a * a) / 4, (b * b) / 4, (a * b) / 4]),
    value: (e, p, q) => Math.log1p(Math.exp(at(e, p, q))),
    gradient: (e, p, q, out) => {
      const c = chance(at(e, p, q));
      out[0] = forms[e][0] * c;
      out[1] = forms[e][1] * c;
    },
    hessian: (e, p, q, out) => {
      const [a, b] = forms[e];
      const c = chance(at(e, p, q));
      out.set([a * a, b * b, a * b].map((value) => value * c * (1 - c)));
    },
  };
  const x = Float64Array.from({ length: N }, () => stream.normal() / 2);
  return { edges, nodes, pairs, x };
}

type Instance = ReturnType<typeof instance>;

function valueAt({ edges, nodes, pairs }: Instance, x: ArrayLike<number>): number {
  const own = Array.from(x, (v, i) => nodes.value(i, v)).reduce((sum, v) => sum + v, 0);
  return edges.reduce((sum, [i, j], e) => sum + pairs.value(e, x[i], x[j]), own);
}

/** Gradient and Hessian as dense arrays, by the definition. */
function derivatives({ edges, nodes, pairs }: Instance, x: ArrayLike<number>) {
  const g = Array.from(x, (v, i) => nodes.slope(i, v));
  const H = g.map((_, i) => g.map((__, j) => (i === j ? nodes.second(i, x[i]) : 0)));
  const [slope, second] = [new Float64Array(2), new Float64Array(3)];
  edges.forEach(([i, j], e) => {
    pairs.gradient(e, x[i], x[j], slope);
    pairs.hessian(e, x[i], x[j], second);
    g[i] += slope[0];
    g[j] += slope[1];
    H[i][i] += second[0];
    H[j][j] += second[1];
    H[i][j] += second[2];
    H[j][i] += second[2];
  });
  return { g, H };
}

/** The minimum by dense Newton steps that are halved until they fall. */
function denseNewton(data: Instance): number[] {
  let x = Array.from(data.x);
  for (let step = 0; step < 100; step++) {
    const { g, H } = derivatives(data, x);
    const d = solveLinearSystem(H, g) as number[];
    let share = 1;
    const next = () => x.map((v, i) => v - share * d[i]);
    while (share > 1e-12 && valueAt(data, next()) > valueAt(data, x)) share /= 2;
    x = next();
  }
  return x;
}

it('has the value, gradient and Hessian of its definition, below its bound', () => {
  for (let seed = 0; seed < 20; seed++) {
    const data = instance(seed, false);
    const f = pairwiseTerms(data.edges, data.nodes, data.pairs);
    expect(Math.abs(f.value(data.x) - valueAt(data, data.x))).toBeLessThanOrEqual(1e-13 * (1 + valueAt(data, data.x)));
    const { g, H } = derivatives(data, data.x);
    const all = Int32Array.from({ length: N }, (_, i) => i);
    const [gradient, hessian, bound] = [new Float64Array(N), new Float64Array(N * N), new Float64Array(N * N)];
    f.gradient(data.x, gradient);
    f.blockHessian?.(data.x, all, hessian);
    f.blockBound?.(all, bound);
    const d = data.x.map((v, i) => Math.sin(7 * v + i));
    const form = (h: Float64Array) => d.reduce((s, p, i) => s + d.reduce((t, q, j) => t + p * q * h[i * N + j], 0), 0);
    expect(form(hessian)).toBeLessThanOrEqual(form(bound) * (1 + 1e-12));
    for (let i = 0; i < N; i++) {
      expect(Math.abs(gradient[i] - g[i])).toBeLessThanOrEqual(1e-13);
      for (let j = 0; j < N; j++) expect(Math.abs(hessian[i * N + j] - H[i][j])).toBeLessThanOrEqual(1e-13);
    }
  }
});

it('messages pass to the point of the dense Newton step on a tree, when that is long enough', () => {
  let compared = 0;
  for (let seed = 0; seed < 30; seed++) {
    const data = instance(seed, true);
    const { g, H } = derivatives(data, data.x);
    const step = solveLinearSystem(H, g) as number[];
    const to = data.x.map((v, i) => v - step[i]);
    const slope = g.reduce((s, v, i) => s - v * step[i], 0);
    if (valueAt(data, to) > valueAt(data, data.x) + 1e-4 * slope) continue;
    compared++;
    const smooth = pairwiseTerms(data.edges, data.nodes, data.pairs);
    const states = minimizeIterations({ smooth }, { partition: 'forest', initial: data.x, tolerance: 0 });
    states.next();
    const { x } = states.next().value as { x: Float64Array };
    // Entries of H are at most some tens, its diagonal at least what log cosh curves: the condition number stays below 10^4.
    const size = 1 + Math.max(...to.map(Math.abs)) + Math.max(...step.map(Math.abs));
    x.forEach((v, i) => {
      expect(Math.abs(v - to[i])).toBeLessThanOrEqual(1e-11 * size);
    });
    states.return(undefined as never);
  }
  expect(compared).toBeGreaterThan(10);
});

it('is minimised by messages, by single variables and through the interface alone as by dense Newton', () => {
  for (let seed = 0; seed < 10; seed++) {
    const data = instance(seed, false);
    const best = valueAt(data, denseNewton(data));
    const smooth = pairwiseTerms(data.edges, data.nodes, data.pairs);
    const run = { tolerance: 1e-9, maxIterations: 20000, initial: data.x } as const;
    for (const result of [
      minimize({ smooth }, { ...run, partition: 'forest' }),
      minimize({ smooth }, { ...run, update: 'newton', selection: 'gs' }),
      minimize({ smooth }, { ...run, update: 'matrix', selection: 'gsd', blockSize: 3 }),
      minimize({ smooth: plain(smooth) }, { ...run, blockSize: 3, selection: 'gsl' }),
    ]) {
      expect(['converged', 'stalled']).toContain(result.status);
      // F - F* <= g . (x - x*), and all points here are less than 100 from each other in every variable.
      expect(result.objective - best).toBeLessThanOrEqual(N * 100 * result.certificate.gap + 1e-11);
      expect(result.objective - best).toBeGreaterThanOrEqual(-1e-11);
      const values = result.history.objective;
      for (let t = 1; t < values.length; t++) expect(values[t]).toBeLessThanOrEqual(values[t - 1] + 1e-12);
    }
  }
});

it('is `pairwise` where the terms are those of differences', () => {
  const term: PairTerm = {
    curvature: 1,
    value: (t) => Math.sqrt(1 + t * t),
    slope: (t) => t / Math.sqrt(1 + t * t),
    second: (t) => 1 / (1 + t * t) ** 1.5,
  };
  const { edges, x } = instance(3, false);
  const W = Array.from({ length: N }, () => new Array<number>(N).fill(0));
  for (const [i, j] of edges) W[i][j] = W[j][i] = 2;
  const y = Array.from(x, (v) => 3 * v);
  const a = y.map((_, i) => 0.5 + i / 10);
  const nodes: NodeTerms = {
    curvatures: a,
    value: (i, v) => (a[i] * (v - y[i]) ** 2) / 2,
    slope: (i, v) => a[i] * (v - y[i]),
    second: (i) => a[i],
  };
  const pairs: EdgeTerms = {
    bounds: edges.flatMap(() => [2, 2, -2]),
    value: (_, p, q) => 2 * term.value(p - q),
    gradient: (_, p, q, out) => out.set([2 * term.slope(p - q), -2 * term.slope(p - q)]),
    hessian: (_, p, q, out) => out.set([1, 1, -1].map((sign) => sign * 2 * term.second(p - q))),
  };
  const options = { partition: 'forest', tolerance: 1e-12 } as const;
  const one = minimize({ smooth: pairwiseTerms(edges, nodes, pairs) }, options);
  const other = minimize({ smooth: pairwise(W, y, a, { term }) }, options);
  one.x.forEach((value, i) => {
    expect(Math.abs(value - other.x[i])).toBeLessThanOrEqual(1e-10 * (1 + Math.abs(value)));
  });
});

it('takes steps of the bound where the Hessian is not positive', () => {
  // Cosines: their second derivatives change sign, and the bound does not.
  const nodes: NodeTerms = {
    curvatures: [1.2, 1.2],
    value: (_, v) => Math.cos(v) + 0.1 * v * v,
    slope: (_, v) => -Math.sin(v) + 0.2 * v,
    second: (_, v) => -Math.cos(v) + 0.2,
  };
  const pairs: EdgeTerms = {
    bounds: [1, 1, -1],
    value: (_, p, q) => (p - q) ** 2 / 2,
    gradient: (_, p, q, out) => out.set([p - q, q - p]),
    hessian: (_e, _p, _q, out) => out.set([1, 1, -1]),
  };
  const smooth = pairwiseTerms([[1, 0]], nodes, pairs);
  const { status, history } = minimize({ smooth }, { partition: 'forest', initial: [0.1, 0.3], tolerance: 1e-9 });
  expect(status).toBe('converged');
  for (let t = 1; t < history.objective.length; t++) {
    expect(history.objective[t]).toBeLessThanOrEqual(history.objective[t - 1] + 1e-14);
  }
});

it('refuses what it cannot take', () => {
  const { nodes, pairs } = instance(0, true);
  const make = (edges: readonly Edge[], own: Partial<NodeTerms> = {}, both: Partial<EdgeTerms> = {}) =>
    pairwiseTerms(edges, { ...nodes, ...own }, { ...pairs, bounds: edges.flatMap(() => [1, 1, 0]), ...both });
  expectRefusal(() => make([[0, 0]]), 'ERR_INPUT', 'edges[0]: expected two different variables');
  expectRefusal(() => make([[0, N]]), 'ERR_INPUT', 'edges[0][1]: expected an integer');
  expectRefusal(() => make([[0, 1, 2] as never]), 'ERR_DIMENSION', 'edges[0]: expected two variables');
  const twice: Edge[] = [
    [0, 1],
    [1, 0],
  ];
  expectRefusal(() => make(twice), 'ERR_INPUT', 'edges[1]: expected no pair twice');
  expectRefusal(() => make([[0, 1]], {}, { bounds: [1, 1] }), 'ERR_DIMENSION', 'pairs.bounds: expected length 3');
  expectRefusal(
    () => make([[0, 1]], {}, { bounds: [1, -1, 0] }),
    'ERR_INPUT',
    'pairs.bounds[1]: expected a number >= 0',
  );
  expectRefusal(() => make([], { curvatures: [-1] }), 'ERR_INPUT', 'nodes.curvatures[0]: expected a number >= 0');
  expectRefusal(() => make([], { curvatures: [] }), 'ERR_INPUT', 'nodes.curvatures: expected at least one');
  expectRefusal(() => make([], { slope: 1 as never }), 'ERR_INPUT', 'nodes.slope: expected a function');
  expectRefusal(() => make([], {}, { hessian: undefined as never }), 'ERR_INPUT', 'pairs.hessian: expected a function');
  const smooth = make([], { value: () => Number.NaN });
  expect(() => minimize({ smooth })).toThrow('nodes.value: expected a number, got NaN');
});
