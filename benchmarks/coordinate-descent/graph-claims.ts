// What the package claims of block coordinate descent on graphs: the paper's figures 6 and 8 on its data sets D and E, drawn
// anew.
import type { Claim } from '@lemmata/bench';
import {
  type LabelBlocks,
  labelPropagation,
  minimize,
  quadratic,
  type SelectionRule,
} from '@lemmata/coordinate-descent';
import { fromTriplets } from '@lemmata/linalg';
import { once } from '../claims/once.js';
import { LESS } from './block-claims.js';
import { type LabelledLattice, lattice } from './datasets/lattice.js';
import { twoMoons } from './datasets/two-moons.js';

/** The energy of data set D after 120 blocks of a kind, or its minimum. */
const energy = once((blocks: LabelBlocks | 'minimum'): number => {
  const { graph, labels } = lattice(50, 100, 'claims');
  const run = { tolerance: 0, historyEvery: 0 } as const;
  return blocks === 'minimum'
    ? labelPropagation(graph, labels, { ...run, tolerance: 1e-12 }).objective
    : labelPropagation(graph, labels, { ...run, blocks, maxIterations: 120 }).objective;
});

/** What 120 blocks leave of the energy above its minimum. */
function energyLeft(blocks: LabelBlocks): number {
  return energy(blocks) - energy('minimum');
}

/** Data set E and its minimum; points that no label reaches stay out of it. */
const moons = once(() => {
  const { graph, labels } = twoMoons(2000, 100, 'claims');
  const { objective } = labelPropagation(graph, labels, { prior: 1.5, tolerance: 1e-12, historyEvery: 0 });
  return { graph, labels, least: objective };
});

/** The energy of data set E after 100 blocks of a kind above its minimum. */
const moonEnergyLeft = once((blocks: LabelBlocks): number => {
  const { graph, labels, least } = moons();
  const run = { tolerance: 0, historyEvery: 0, prior: 1.5, maxIterations: 100 } as const;
  return labelPropagation(graph, labels, { ...run, blocks }).objective - least;
});

/** The best of greedy trees' rivals on data set E. */
function bestOtherMoons(): number {
  return Math.min(...(['random-tree', 'tree-partition', 'red-black'] as const).map(moonEnergyLeft));
}

/** The energy of the nodes without labels, as a quadratic function, for data sets whose nodes are all reached. */
function energyOf({ graph, labels }: LabelledLattice) {
  const known = new Map(Array.from(labels.index, (node, k) => [node, labels.values[k]]));
  const place = new Map<number, number>();
  for (let v = 0; v < graph.rows; v++) if (!known.has(v)) place.set(v, place.size);
  const b = new Float64Array(place.size);
  const entries = { rows: [] as number[], cols: [] as number[], values: [] as number[] };
  const put = (row: number, col: number, value: number): void => {
    entries.rows.push(row);
    entries.cols.push(col);
    entries.values.push(value);
  };
  for (const [v, row] of place) {
    let degree = 0;
    for (let k = graph.indptr[v]; k < graph.indptr[v + 1]; k++) {
      const [u, weight] = [graph.indices[k], graph.data[k]];
      degree += weight;
      const col = place.get(u);
      if (col === undefined) b[row] += weight * (known.get(u) as number);
      else put(row, col, -weight);
    }
    put(row, row, degree);
  }
  return quadratic(fromTriplets(place.size, place.size, entries), b);
}

const latticeEnergy = once(() => energyOf(lattice(50, 100, 'claims')));

/** What 500 gradient updates of blocks of 50 leave of the energy of data set D above its minimum. */
const latticeLeft = once((selection: SelectionRule, partition: 'variable' | 'sort'): number => {
  const run = { blockSize: 50, maxIterations: 500, tolerance: 0, historyEvery: 0 } as const;
  const { objective } = minimize({ smooth: latticeEnergy() }, { ...run, selection, partition, update: 'gradient' });
  return objective - energy('minimum');
});

/** The best of greedy rules over fixed blocks. */
function bestFixedLattice(): number {
  return Math.min(latticeLeft('gs', 'sort'), latticeLeft('gsl', 'sort'));
}

/** The worse of the greedy rules over variable blocks. */
function worseVariableLattice(): number {
  return Math.max(latticeLeft('gs', 'variable'), latticeLeft('gsl', 'variable'));
}

/** How far GS and GSL are apart over variable blocks, as a share of the larger rest. */
function apart(): number {
  const [gs, gsl] = [latticeLeft('gs', 'variable'), latticeLeft('gsl', 'variable')];
  return Math.abs(gs - gsl) / Math.max(gs, gsl);
}

/** How far fixed and variable blocks are apart by GS, as a share of the larger rest. */
function partitionsApart(): number {
  const [fixed, variable] = [latticeLeft('gs', 'sort'), latticeLeft('gs', 'variable')];
  return Math.abs(fixed - variable) / Math.max(fixed, variable);
}

/** The claims of `labelPropagation`, and of `minimize` on graphs. */
export const graphClaims: readonly Claim[] = [
  {
    id: 'trees-over-red-black',
    source:
      'specification 3.9, data set D after 120 blocks: "red-black ... 1.15e6; tree partition ... 2.43e4; greedy tree ... 1.83e4"',
    statement:
      'Message passing on greedy trees leaves at most 2.43e4 / 1.15e6 of the energy that red-black blocks leave, its baseline.',
    workload: 'lattice of 50 x 50, 100 labels, 120 blocks',
    bound: { atMost: 2.43e4 / 1.15e6 },
    measure: () => energyLeft('greedy-tree') / energyLeft('red-black'),
    measureBaseline: () => energyLeft('red-black') / energyLeft('red-black'),
  },
  {
    id: 'trees-of-neighbours',
    source:
      'specification 8, figure 6b: "greedy tree best (8e-5), then tree partition ..., then red-black": less than the best other',
    statement:
      'On a graph of neighbours greedy trees leave less of the energy than the best of red-black blocks, tree partitions and random trees, the baseline.',
    workload: 'two moons of 2000 points, 100 labels, 5 neighbours, 100 blocks',
    bound: { atMost: LESS },
    measure: () => moonEnergyLeft('greedy-tree') / bestOtherMoons(),
    measureBaseline: () => bestOtherMoons() / bestOtherMoons(),
  },
  {
    id: 'variable-blocks-of-a-lattice',
    source:
      'specification 8, figure 8: "VB greedy always best": less than the best greedy rule over fixed blocks leaves',
    statement:
      'On a lattice gradient updates of variable blocks, by GS and by GSL, leave less than those of fixed ones, the baseline.',
    workload: 'lattice of 50 x 50, 100 labels, 500 blocks of 50',
    bound: { atMost: LESS },
    measure: () => worseVariableLattice() / bestFixedLattice(),
    measureBaseline: () => bestFixedLattice() / bestFixedLattice(),
  },
  {
    id: 'constants-of-a-lattice',
    source:
      'specification 8, figure 8: "gap GS vs GSL negligible on D (equal L_i)": less than between fixed and variable blocks',
    statement:
      'On a lattice, whose constants are equal but for its border, GS and GSL leave more nearly the same than variable and fixed blocks do, the baseline.',
    workload: 'lattice of 50 x 50, 100 labels, 500 blocks of 50',
    bound: { atMost: LESS },
    measure: () => apart() / partitionsApart(),
    measureBaseline: () => partitionsApart() / partitionsApart(),
  },
];
