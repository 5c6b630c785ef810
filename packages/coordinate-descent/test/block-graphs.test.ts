import { liveArenas, randomStream } from '@lemmata/core';
import { solveLinearSystem } from '@lemmata/testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type LabelBlocks,
  labelPropagation,
  labelPropagationAsync,
  labelPropagationIterations,
  latticeCombs,
  minimize,
  minimizeIterations,
  quadratic,
  redBlackPartition,
  treePartition,
} from '../src/index.js';
import { LABELLED, LABELS } from './lattice-labels.js';

// biome-ignore lint/suspicious/noExplicitAny: wrong types are the point
type Wrong = any;

afterEach(() => {
  expect(liveArenas()).toBe(0);
});

/** A random symmetric weight matrix: each pair with probability `density`. */
function randomGraph(seed: string, n: number, density: number): number[][] {
  const stream = randomStream(seed);
  const weights = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      if (stream.uniform() < density) weights[i][j] = weights[j][i] = 0.5 + stream.uniform();
    }
  }
  return weights;
}

/** The Laplacian of a graph plus a positive diagonal. */
function shifted(weights: number[][], shift: number): number[][] {
  return weights.map((row, i) =>
    row.map((w, j) => (i === j ? row.reduce((sum, value) => sum + value, 0) + shift * (1 + (i % 3)) : -w)),
  );
}

/** Edges inside a block, and components of it. */
function shapeOf(weights: number[][], block: ArrayLike<number>): { edges: number; components: number } {
  const nodes = Array.from(block);
  const component = new Map(nodes.map((v) => [v, v]));
  const find = (v: number): number => (component.get(v) === v ? v : find(component.get(v) as number));
  let edges = 0;
  for (const v of nodes) {
    for (const u of nodes) {
      if (u >= v || weights[v][u] === 0) continue;
      edges++;
      component.set(find(v), find(u));
    }
  }
  return { edges, components: nodes.filter((v) => find(v) === v).length };
}

describe('partitions of graphs', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7])('cover every node once, without edges or without cycles, graph %s', (seed) => {
    const weights = randomGraph(`partition ${seed}`, 40, 0.02 + 0.04 * seed);
    const H = shifted(weights, 1);
    for (const order of ['natural', 'lipschitz'] as const) {
      for (const [blocks, isForest] of [
        [redBlackPartition(H, { order }), false],
        [treePartition(H, { order }), true],
      ] as const) {
        expect(blocks.flatMap((block) => [...block]).sort((a, b) => a - b)).toEqual(weights.map((_, i) => i));
        for (const block of blocks) {
          const { edges, components } = shapeOf(weights, block);
          expect(edges).toBe(isForest ? block.length - components : 0);
        }
      }
    }
  });

  it('put a node of a tree partition into the first forest in which it closes no cycle', () => {
    const weights = randomGraph('first fit', 30, 0.2);
    const blocks: number[][] = [];
    for (let v = 0; v < 30; v++) {
      const fits = (block: number[]) => {
        const { edges, components } = shapeOf(weights, [...block, v]);
        return edges === block.length + 1 - components;
      };
      const block = blocks.find(fits);
      if (block === undefined) blocks.push([v]);
      else block.push(v);
    }
    expect(treePartition(shifted(weights, 1), { order: 'natural' }).map((block) => [...block])).toEqual(blocks);
  });

  it('make two combs of a lattice: 1203 and 1197 of its nodes without a label, both forests', () => {
    const combs = latticeCombs(50, 50);
    const labelled = new Set(LABELLED);
    const [black, white] = combs.map((comb) => Array.from(comb).filter((v) => !labelled.has(v)));
    expect([black.length, white.length].sort()).toEqual([1197, 1203]);
    const neighbours = (v: number, u: number) =>
      Math.abs(v - u) === 50 || (Math.abs(v - u) === 1 && Math.floor(v / 50) === Math.floor(u / 50));
    for (const comb of [black, white]) {
      const inside = new Set(comb);
      let edges = 0;
      for (const v of comb) for (const u of [v + 1, v + 50]) if (inside.has(u) && neighbours(v, u)) edges++;
      expect(edges).toBeLessThan(comb.length);
    }
  });
});

describe('message passing', () => {
  it('solves a block exactly, as elimination does, on 200 random forests', () => {
    const stream = randomStream('forests');
    for (let trial = 0; trial < 200; trial++) {
      const n = 1 + stream.integer(12);
      const weights = Array.from({ length: n }, () => new Array<number>(n).fill(0));
      for (let v = 1; v < n; v++) {
        if (stream.uniform() < 0.2) continue;
        const u = stream.integer(v);
        weights[v][u] = weights[u][v] = stream.normal();
      }
      const H = weights.map((row, i) =>
        row.map((w, j) => (i === j ? row.reduce((sum, value) => sum + Math.abs(value), 0) + 0.1 : w)),
      );
      const b = Array.from({ length: n }, () => stream.normal());
      const order = stream.permutation(n);
      const { x, iterations, status } = minimize(
        { smooth: quadratic(H, b) },
        { partition: [order], selection: 'cyclic', update: 'message-passing', tolerance: 1e-12 },
      );
      expect([status, iterations]).toEqual(['converged', 1]);
      const expected = solveLinearSystem(H, b) as number[];
      // Diagonally dominant: condition at most some hundreds.
      x.forEach((value, i) => {
        expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(1e-11 * (1 + Math.abs(expected[i])));
      });
    }
  });

  it('grows a forest along the order of the rule, to which no node can be added', () => {
    const weights = randomGraph('greedy', 25, 0.25);
    const H = shifted(weights, 0.5);
    const b = Array.from({ length: 25 }, (_, i) => Math.sin(i));
    for (const selection of ['gs', 'gsl', 'gsd', 'random'] as const) {
      let before = new Float64Array(25);
      const options = { partition: 'forest', selection, maxIterations: 10, tolerance: 0 } as const;
      for (const { x, block, iteration } of minimizeIterations({ smooth: quadratic(H, b) }, options)) {
        if (iteration > 0) {
          const gradient = H.map((row, i) => row.reduce((sum, value, j) => sum + value * before[j], 0) - b[i]);
          const key = (i: number) => (selection === 'gs' ? gradient[i] ** 2 : gradient[i] ** 2 / H[i][i]);
          // Greedy: a node is left out because of nodes that come before it, but for gradients that are all rounding.
          const inside = new Set(block);
          const rounding = 1e-12 * Math.max(...b.map((value) => value * value));
          for (let v = 0; v < 25 && selection !== 'random'; v++) {
            if (inside.has(v)) continue;
            const ahead = [...block].filter((u) => key(u) >= key(v) - rounding);
            const { edges, components } = shapeOf(weights, [...ahead, v]);
            expect(edges).toBeGreaterThan(ahead.length + 1 - components);
          }
          for (let v = 0; v < 25; v++) {
            const grown = new Set([...block, v]);
            const { edges, components } = shapeOf(weights, [...grown]);
            expect(edges === grown.size - components).toBe(inside.has(v));
          }
        }
        before = x.slice();
      }
    }
  });

  it('refuses blocks with a cycle, and anything but quadratic functions', () => {
    const H = shifted(randomGraph('cycle', 6, 1), 1);
    const smooth = quadratic(H, [1, 2, 3, 4, 5, 6]);
    const update = 'message-passing';
    const whole = { update, partition: [[0, 1, 2, 3, 4, 5]] } as const;
    expect(() => minimize({ smooth }, whole)).toThrow(/options\.partition\[0\]: expected a block without cycles/);
    expect(() => minimize({ smooth, l1: 1 }, { update })).toThrow(/options\.update/);
    expect(() => minimize({ smooth, l1: 1 }, { partition: 'forest' })).toThrow(/options\.partition/);
    expect(() => minimize({ smooth }, { partition: 'forest', selection: 'gsq' })).toThrow(/options\.selection/);
    expect(() => minimize({ smooth }, { partition: 'forest', update: 'matrix' })).toThrow(/options\.update/);
    expect(() => minimize({ smooth }, { partition: 'forest', blockSize: 2 })).toThrow(/options\.blockSize/);
  });
});

describe('label propagation', () => {
  const WEIGHT = 1e5;
  const SIDE = 50;
  const index: number[] = [];
  const ends: number[] = [];
  for (let col = 0; col < SIDE; col++) {
    for (let row = 0; row < SIDE; row++) {
      const v = col * SIDE + row;
      if (row + 1 < SIDE) [index.push(v), ends.push(v + 1)];
      if (col + 1 < SIDE) [index.push(v), ends.push(v + SIDE)];
    }
  }
  /** The lattice of data set D in CSR. */
  function lattice() {
    const rows: number[][] = Array.from({ length: SIDE * SIDE }, () => []);
    index.forEach((v, e) => {
      rows[v].push(ends[e]);
      rows[ends[e]].push(v);
    });
    const sorted = rows.map((row) => row.sort((a, b) => a - b));
    return {
      layout: 'csr' as const,
      rows: SIDE * SIDE,
      cols: SIDE * SIDE,
      indptr: [0, ...sorted].map((_, i) => sorted.slice(0, i).reduce((sum, row) => sum + row.length, 0)),
      indices: sorted.flat(),
      data: new Float64Array(2 * index.length).fill(WEIGHT),
    };
  }
  const graph = lattice();
  const labels = { index: LABELLED, values: LABELS };
  // The optimum and what is left after so many blocks, as stated for data set D.
  const OPTIMUM = -1045999575.2270696;

  it("finds the optimum of data set D within its sum's rounding", () => {
    const { objective, scores, status } = labelPropagation(graph, labels, { tolerance: 1e-12 });
    expect(status).toBe('converged');
    // 2400 terms of size 10^9 at most in sum, each of a handful of products.
    const terms = 2400 * 8;
    expect(Math.abs(objective - OPTIMUM)).toBeLessThanOrEqual(terms * Number.EPSILON * Math.abs(OPTIMUM));
    LABELLED.forEach((node, k) => {
      expect(scores[node]).toBe(LABELS[k]);
    });
    // Every other node has the mean of its neighbours.
    for (let v = 0; v < SIDE * SIDE; v++) {
      if (LABELLED.includes(v)) continue;
      const near = Array.from(graph.indices.slice(graph.indptr[v], graph.indptr[v + 1]), (u) => scores[u]);
      const mean = near.reduce((sum, value) => sum + value, 0) / near.length;
      expect(Math.abs(scores[v] - mean)).toBeLessThanOrEqual(1e-7);
    }
  });

  /** What is left of the optimum after 20, 60 and 120 blocks. */
  function leftAfter(blocks: LabelBlocks): number[] {
    const left: number[] = [];
    for (const { iteration, objective } of labelPropagationIterations(graph, labels, {
      blocks,
      tolerance: 0,
      maxIterations: 120,
    })) {
      if ([20, 60, 120].includes(iteration)) left.push(objective - OPTIMUM);
    }
    return left;
  }

  it('goes down as stated: greedy trees within a block, before random trees, before red and black', () => {
    const greedy = leftAfter('greedy-tree');
    // Ties, among them gradients that are all rounding, may put the descent ahead or behind, but not by a block: what one
    // block takes away is the 60th root of what 60 of them do.
    const stated = [1.42e7, 8.52e5, 1.83e4];
    const block = (stated[1] / stated[2]) ** (1 / 60);
    stated.forEach((value, k) => {
      expect(greedy[k] / value).toBeLessThan(block);
      expect(value / greedy[k]).toBeLessThan(block);
    });
    const random = leftAfter('random-tree');
    const redBlack = leftAfter('red-black');
    const general = leftAfter('general');
    for (let k = 0; k < 3; k++) {
      expect(greedy[k]).toBeLessThan(random[k]);
      expect(random[k]).toBeLessThan(redBlack[k]);
      expect(redBlack[k]).toBeLessThan(general[k]);
    }
    expect(leftAfter('tree-partition')[2]).toBeLessThan(random[2]);
  });

  it('goes down as stated with the two combs, the black one first, and with red and black', () => {
    const free = Array.from({ length: SIDE * SIDE }, (_, v) => v).filter((v) => !LABELLED.includes(v));
    const place = new Map(free.map((v, k) => [v, k]));
    const rows: number[] = [];
    const cols: number[] = [];
    const b = new Float64Array(free.length);
    const degree = new Float64Array(free.length);
    const data: number[] = [];
    index.forEach((v, e) => {
      for (const [p, q] of [
        [v, ends[e]],
        [ends[e], v],
      ]) {
        const at = place.get(p);
        if (at === undefined) continue;
        degree[at] += WEIGHT;
        const other = place.get(q);
        if (other === undefined) b[at] += WEIGHT * LABELS[LABELLED.indexOf(q)];
        else [rows.push(at), cols.push(other), data.push(-WEIGHT)];
      }
    });
    const order = rows.map((_, k) => k).concat(free.map((_, k) => rows.length + k));
    const all = order
      .map((k) =>
        k < rows.length
          ? { row: rows[k], col: cols[k], value: data[k] }
          : { row: k - rows.length, col: k - rows.length, value: degree[k - rows.length] },
      )
      .sort((p, q) => p.row - q.row || p.col - q.col);
    const indptr = new Int32Array(free.length + 1);
    for (const { row } of all) indptr[row + 1]++;
    for (let i = 0; i < free.length; i++) indptr[i + 1] += indptr[i];
    const H = {
      layout: 'csr' as const,
      rows: free.length,
      cols: free.length,
      indptr,
      indices: all.map(({ col }) => col),
      data: all.map(({ value }) => value),
    };
    const smooth = quadratic(H, b);
    const left = (partition: Int32Array[]): number[] => {
      const options = { partition, selection: 'cyclic', update: 'message-passing', tolerance: 0 } as const;
      const { history } = minimize({ smooth }, { ...options, maxIterations: 120 });
      return [20, 60, 120].map((k) => history.objective[k] - OPTIMUM);
    };
    const kept = (blocks: Int32Array[]) =>
      blocks.map((block) =>
        Int32Array.from(block)
          .filter((v) => place.has(v))
          .map((v) => place.get(v) as number),
      );
    const stated = {
      combs: [1.59e7, 1.01e6, 2.43e4],
      redBlack: [4.07e7, 7.75e6, 1.15e6],
    };
    const nodes = Array.from({ length: SIDE * SIDE }, (_, v) => v);
    const colour = (c: number) => Int32Array.from(nodes.filter((v) => (Math.floor(v / SIDE) + (v % SIDE)) % 2 === c));
    const found = { combs: left(kept(latticeCombs(SIDE, SIDE))), redBlack: left(kept([colour(0), colour(1)])) };
    for (const name of ['combs', 'redBlack'] as const) {
      // The figures have three digits.
      stated[name].forEach((value, k) => {
        expect(Math.abs(found[name][k] / value - 1)).toBeLessThanOrEqual(0.01);
      });
    }
  });

  it('gives classes their scores together, in all three forms, and a prior to what no label reaches', async () => {
    const path = [
      [0, 1, 0, 0, 0],
      [1, 0, 2, 0, 0],
      [0, 2, 0, 1, 0],
      [0, 0, 1, 0, 0],
      [0, 0, 0, 0, 0],
    ];
    const given = { index: [0, 3], classes: ['b', 'a'] };
    const options = { prior: 0.25, tolerance: 1e-12 };
    const once = labelPropagation(path, given, options);
    expect(once.classes).toEqual(['a', 'b']);
    expect([...once.codes]).toEqual([1, 1, 0, 0, 0]);
    // Resistances 1, 1/2, 1 from the node of b to that of a.
    [0, 1, 0.4, 0.6, 0.6, 0.4, 1, 0, 0.25, 0.25].forEach((value, k) => {
      expect(once.scores[k]).toBeCloseTo(value, 10);
    });
    const sliced = await labelPropagationAsync(path, given, options);
    expect(sliced.scores).toEqual(once.scores);
    for (const blocks of ['greedy-tree', 'random-tree', 'tree-partition', 'red-black', 'general'] as const) {
      const other = labelPropagation(path, given, { ...options, blocks });
      other.scores.forEach((value, k) => {
        expect(value).toBeCloseTo(once.scores[k], 9);
      });
    }
  });

  const triangle = [
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 0],
  ];
  const one = { index: [0], values: [1] };
  it.each([
    ['not square', () => labelPropagation([[0, 1]], one), 'ERR_DIMENSION', 'graph: expected a square matrix'],
    [
      'negative',
      () =>
        labelPropagation(
          [
            [0, -1],
            [-1, 0],
          ],
          one,
        ),
      'ERR_INPUT',
      'graph[0][1]: expected a weight >= 0',
    ],
    [
      'not symmetric',
      () =>
        labelPropagation(
          [
            [0, 1],
            [2, 0],
          ],
          one,
        ),
      'ERR_INPUT',
      'graph[0][1]: expected graph[1][0] = 2',
    ],
    [
      'no labels',
      () => labelPropagation(triangle, { index: [], values: [] }),
      'ERR_INPUT',
      'labels.index: expected at least',
    ],
    [
      'label out of range',
      () => labelPropagation(triangle, { index: [3], values: [1] }),
      'ERR_INPUT',
      'labels.index[0]',
    ],
    [
      'label twice',
      () => labelPropagation(triangle, { index: [1, 1], values: [1, 2] }),
      'ERR_INPUT',
      'labels.index[1]',
    ],
    [
      'values missing',
      () => labelPropagation(triangle, { index: [1] }),
      'ERR_INPUT',
      "labels: expected either 'values' or",
    ],
    [
      'values too short',
      () => labelPropagation(triangle, { index: [0, 1], values: [1] }),
      'ERR_DIMENSION',
      'labels.values',
    ],
    ['one class', () => labelPropagation(triangle, { index: [0], classes: ['a'] }), 'ERR_INPUT', 'labels.classes'],
    [
      'all labelled',
      () => labelPropagation([[0]], one),
      'ERR_INPUT',
      'labels.index: expected at least one node without',
    ],
    [
      'a lost node',
      () =>
        labelPropagation(
          [
            [0, 0],
            [0, 0],
          ],
          one,
        ),
      'ERR_INPUT',
      'labels.index: expected a labelled node in every',
    ],
    ['blocks', () => labelPropagation(triangle, one, { blocks: 'all' as Wrong }), 'ERR_OPTION', 'options.blocks'],
    ['prior', () => labelPropagation(triangle, one, { prior: NaN }), 'ERR_OPTION', 'options.prior'],
    ['unknown key', () => labelPropagation(triangle, one, { tol: 1 } as Wrong), 'ERR_OPTION', 'options.tol'],
    ['order', () => redBlackPartition([[1]], { order: 'none' as Wrong }), 'ERR_OPTION', 'options.order'],
    ['lattice', () => latticeCombs(1, 3), 'ERR_INPUT', 'rows'],
  ])('refuses bad input: %s', (_name, call, code, message) => {
    let error: Wrong;
    try {
      call();
    } catch (caught) {
      error = caught;
    }
    expect(error?.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/: expected .*, got /);
  });
});
