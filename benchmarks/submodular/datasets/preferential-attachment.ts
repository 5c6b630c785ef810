// A graph that grows: each new node links to earlier ones, the sooner the more links they have. Nodes cover themselves
// and their neighbours.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { randomStream } from '@lemmata/core';
import type { CoverageInput } from '../sliding-window.js';

/** Closed neighbourhoods of a preferential-attachment graph, each node worth 1. */
export function dataset(given: Params): Dataset<CoverageInput> {
  const params = readParams('dataset preferential-attachment', given, {
    nodes: { default: 8000, min: 10, integer: true },
    links: { default: 4, min: 1, max: 9, integer: true },
  });
  const { nodes, links } = params;
  return {
    name: 'preferential-attachment',
    version: '1',
    params,
    licence: 'generated',
    source: 'A.-L. Barabasi, R. Albert, Emergence of scaling in random networks, Science 286 (1999)',
    generate: ({ seed }) => {
      const stream = randomStream(seed).fork('preferential-attachment');
      const neighbours: Set<number>[] = Array.from({ length: nodes }, (_, v) => new Set([v]));
      // Every end of every link, once: a uniform entry is a node drawn by its number of links.
      const ends: number[] = [];
      for (let v = 1; v < nodes; v++) {
        const wanted = Math.min(links, v);
        while (neighbours[v].size <= wanted) {
          const u = v <= links ? stream.integer(v) : ends[stream.integer(ends.length)];
          if (neighbours[v].has(u)) continue;
          neighbours[v].add(u);
          neighbours[u].add(v);
          ends.push(u);
        }
        for (let i = 0; i < wanted; i++) ends.push(v);
      }
      const indptr = new Int32Array(nodes + 1);
      neighbours.forEach((set, v) => {
        indptr[v + 1] = indptr[v] + set.size;
      });
      const indices = new Int32Array(indptr[nodes]);
      neighbours.forEach((set, v) => {
        indices.set(Int32Array.from(set).sort(), indptr[v]);
      });
      return { indptr, indices, weights: new Float64Array(nodes).fill(1) };
    },
    describe: ({ indptr, indices }) => ({ shape: [indptr.length - 1, indptr.length - 1], nnz: indices.length }),
  };
}
