import { InvalidInputError, refusal, requireVector } from '@lemmata/core';
import { fromTriplets, type MatrixLike, type SparseMatrix } from '@lemmata/linalg';
import { codeLabels, type Label } from '../../labels.js';
import { symmetricMatrix } from '../functions/symmetric.js';

/** Labels of some nodes: numbers or classes. */
export interface NodeLabels {
  /** Labelled nodes, integers in [0, n), each once. */
  readonly index: ArrayLike<number>;
  /** A number for each of them, finite. */
  readonly values?: ArrayLike<number>;
  /** A class for each of them instead: numbers, strings or booleans, of two classes at least. */
  readonly classes?: ArrayLike<Label>;
}

/** The linear system of the unlabelled nodes, one copy for each class: minimise x' H x / 2 - b . x. */
export interface LabelSystem {
  /** D - W on the unlabelled nodes that labels reach, once for each class. */
  readonly H: SparseMatrix;
  /** Weights to labelled neighbours times their labels. */
  readonly b: Float64Array;
  /** Unknowns. */
  readonly rows: number;
  /** The classes; empty for numbers. */
  readonly classes: readonly Label[];
  /** Scores of all nodes, and the class of each, from the unknowns. */
  spread(x: Float64Array): { readonly scores: Float64Array; readonly codes: Int32Array };
}

/** Labels as columns of numbers: one, or one for each class. */
interface Columns {
  readonly index: Int32Array;
  readonly classes: readonly Label[];
  /** Label of the k-th labelled node in column c. */
  label(k: number, c: number): number;
}

/**
 * Makes the system of label propagation.
 *
 * @param graph - weights of edges, symmetric, >= 0
 * @param labels - labels of some nodes
 * @param prior - score of nodes that no label reaches; undefined to refuse them
 * @returns the system
 * @throws DimensionError, InvalidInputError for a graph or labels that do not fit
 */
export function labelSystem(graph: MatrixLike, labels: NodeLabels, prior: number | undefined): LabelSystem {
  const weights = readWeights(graph);
  const n = weights.rows;
  const columns = readLabels(labels, n);
  const columnCount = Math.max(1, columns.classes.length);
  const labelled = new Int32Array(n).fill(-1);
  columns.index.forEach((node, k) => {
    labelled[node] = k;
  });
  const reached = reachedFrom(weights, columns.index);
  const lost = reached.indexOf(0);
  if (lost >= 0 && prior === undefined) {
    const expected = 'a labelled node in every component (or options.prior)';
    throw new InvalidInputError(`labels.index: expected ${expected}, got none that reaches node ${lost}`, 'ERR_INPUT', {
      argument: 'labels.index',
      expected,
      actual: lost,
      index: lost,
    });
  }
  const unknowns = Int32Array.from({ length: n }, (_, i) => i).filter((i) => labelled[i] < 0 && reached[i] === 1);
  if (unknowns.length === 0)
    throw refusal('labels.index', 'at least one node without a label', 'labels for all of them');
  const place = new Int32Array(n).fill(-1);
  unknowns.forEach((node, k) => {
    place[node] = k;
  });
  const size = unknowns.length;
  const triplets = { rows: [] as number[], cols: [] as number[], values: [] as number[] };
  const b = new Float64Array(size * columnCount);
  for (let k = 0; k < size; k++) {
    let degree = 0;
    for (let e = weights.indptr[unknowns[k]]; e < weights.indptr[unknowns[k] + 1]; e++) {
      const [node, weight] = [weights.indices[e], weights.data[e]];
      if (node === unknowns[k] || weight === 0) continue;
      degree += weight;
      for (let c = 0; c < columnCount; c++) {
        if (labelled[node] >= 0) b[c * size + k] += weight * columns.label(labelled[node], c);
        else put(triplets, c * size + k, c * size + place[node], -weight);
      }
    }
    for (let c = 0; c < columnCount; c++) put(triplets, c * size + k, c * size + k, degree);
  }
  return {
    H: fromTriplets(size * columnCount, size * columnCount, triplets),
    b,
    rows: size * columnCount,
    classes: columns.classes,
    spread: (x) => {
      const scores = new Float64Array(n * columnCount);
      for (let i = 0; i < n; i++) {
        for (let c = 0; c < columnCount; c++) {
          const at = i * columnCount + c;
          if (labelled[i] >= 0) scores[at] = columns.label(labelled[i], c);
          else scores[at] = place[i] >= 0 ? x[c * size + place[i]] : (prior ?? 0);
        }
      }
      const codes = new Int32Array(columns.classes.length === 0 ? 0 : n);
      for (let i = 0; i < codes.length; i++) {
        let best = 0;
        for (let c = 1; c < columnCount; c++) {
          if (scores[i * columnCount + c] > scores[i * columnCount + best]) best = c;
        }
        codes[i] = best;
      }
      return { scores, codes };
    },
  };
}

function put(
  triplets: { rows: number[]; cols: number[]; values: number[] },
  i: number,
  j: number,
  value: number,
): void {
  triplets.rows.push(i);
  triplets.cols.push(j);
  triplets.values.push(value);
}

function readWeights(graph: MatrixLike): SparseMatrix {
  const matrix = symmetricMatrix('graph', graph);
  const { rows, indptr, indices, data } = matrix;
  for (let i = 0; i < rows; i++) {
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      if (data[k] < 0) throw refusal(`graph[${i}][${indices[k]}]`, 'a weight >= 0', data[k]);
    }
  }
  return matrix;
}

function readLabels({ index, values, classes }: NodeLabels, n: number): Columns {
  const nodes = requireVector('labels.index', index);
  if (nodes.length === 0) throw refusal('labels.index', 'at least one labelled node', index);
  const seen = new Uint8Array(n);
  nodes.forEach((node, k) => {
    const place = `labels.index[${k}]`;
    if (!Number.isInteger(node) || node < 0 || node >= n) throw refusal(place, `an integer in [0, ${n - 1}]`, node);
    if (seen[node] === 1) throw refusal(place, 'a node that was not labelled before', node);
    seen[node] = 1;
  });
  const ints = Int32Array.from(nodes);
  if ((values === undefined) === (classes === undefined)) {
    throw refusal('labels', "either 'values' or 'classes'", values === undefined ? 'neither' : 'both');
  }
  if (classes !== undefined) {
    const coded = codeLabels(classes, nodes.length, 'labels.classes', 'labelled nodes');
    return { index: ints, classes: coded.classes, label: (k, c) => (coded.codes[k] === c ? 1 : 0) };
  }
  const numbers = requireVector('labels.values', values, nodes.length, 'labelled nodes');
  return { index: ints, classes: [], label: (k) => numbers[k] };
}

/** 1 for every node that a labelled one reaches along edges of positive weight. */
function reachedFrom({ rows, indptr, indices, data }: SparseMatrix, starts: Int32Array): Uint8Array {
  const reached = new Uint8Array(rows);
  const queue = new Int32Array(rows);
  let count = 0;
  for (const start of starts) {
    reached[start] = 1;
    queue[count++] = start;
  }
  for (let at = 0; at < count; at++) {
    for (let k = indptr[queue[at]]; k < indptr[queue[at] + 1]; k++) {
      const node = indices[k];
      if (data[k] === 0 || reached[node] === 1) continue;
      reached[node] = 1;
      queue[count++] = node;
    }
  }
  return reached;
}
