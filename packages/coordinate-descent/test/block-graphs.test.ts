import { liveArenas, randomStream } from '@lemmata/core';
import { solveLinearSystem } from '@lemmata/testing';
import { afterEach, describe, expect, it } from 'vitest';
import {
  latticeCombs,
  minimize,
  minimizeIterations,
  quadratic,
  redBlackPartition,
  treePartition,
} from '../src/index.js';
import { LABELLED } from './lattice-labels.js';

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
