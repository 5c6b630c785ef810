// The paper's data set E: two interlocking half circles, linked to their nearest neighbours, a few points of which have labels.
import { cos, randomStream, sin } from '@lemmata/core';
import { fromTriplets } from '@lemmata/linalg';
import type { LabelledLattice } from './lattice.js';

/** Neighbours to which every point is linked. */
const NEIGHBOURS = 5;

/**
 * Half of the points on a unit half circle, half on a flipped one at (1, 0.5), noise of variance 0.04; edges of weight 1 to the 5
 * nearest points, in either direction; labels 1 and 2 of the halves on some points drawn without replacement.
 */
export function twoMoons(points: number, labelled: number, seed: string): LabelledLattice {
  const stream = randomStream(seed);
  const [x, y] = [new Float64Array(points), new Float64Array(points)];
  for (let i = 0; i < points; i++) {
    const angle = Math.PI * stream.uniform();
    const second = i >= points / 2;
    x[i] = (second ? 1 - cos(angle) : cos(angle)) + 0.2 * stream.normal();
    y[i] = (second ? 0.5 - sin(angle) : sin(angle)) + 0.2 * stream.normal();
  }
  const linked = new Set<number>();
  for (let i = 0; i < points; i++) {
    const distance = (j: number): number => (x[i] - x[j]) * (x[i] - x[j]) + (y[i] - y[j]) * (y[i] - y[j]);
    const near: number[] = [];
    for (let j = 0; j < points; j++) {
      if (j === i || (near.length === NEIGHBOURS && distance(j) >= distance(near[NEIGHBOURS - 1]))) continue;
      near.push(j);
      near.sort((p, q) => distance(p) - distance(q) || p - q);
      near.length = Math.min(near.length, NEIGHBOURS);
    }
    for (const j of near) {
      linked.add(i * points + j);
      linked.add(j * points + i);
    }
  }
  const places = { rows: [] as number[], cols: [] as number[], values: [] as number[] };
  for (const link of linked) {
    places.rows.push(Math.floor(link / points));
    places.cols.push(link % points);
    places.values.push(1);
  }
  const index = stream.sample(points, labelled);
  return {
    graph: fromTriplets(points, points, places),
    labels: { index, values: Float64Array.from(index, (i) => (i >= points / 2 ? 2 : 1)) },
  };
}
