// The paper's data set D: a lattice whose edges weigh alike, a few nodes of which have labels.
import { randomStream } from '@lemmata/core';
import { fromTriplets, type SparseMatrix } from '@lemmata/linalg';

/** A graph and labels of some of its nodes. */
export interface LabelledLattice {
  readonly graph: SparseMatrix;
  readonly labels: { readonly index: Int32Array; readonly values: Float64Array };
}

/** A lattice of side x side nodes, edges of weight 1e5, labels 10 N(0, 1) on some nodes drawn without replacement. */
export function lattice(side: number, labelled: number, seed: string): LabelledLattice {
  const stream = randomStream(seed);
  const n = side * side;
  const places = { rows: [] as number[], cols: [] as number[], values: [] as number[] };
  const link = (v: number, u: number): void => {
    places.rows.push(v, u);
    places.cols.push(u, v);
    places.values.push(1e5, 1e5);
  };
  for (let v = 0; v < n; v++) {
    if (v % side < side - 1) link(v, v + 1);
    if (v + side < n) link(v, v + side);
  }
  const index = stream.sample(n, labelled);
  return {
    graph: fromTriplets(n, n, places),
    labels: { index, values: Float64Array.from(index, () => 10 * stream.normal()) },
  };
}
