import { requireInteger, requireOneOf, resolveOptions } from '@lemmata/core';
import type { MatrixLike, SparseMatrix } from '@lemmata/linalg';
import { positiveDiagonal } from '../functions/quadratic.js';
import { symmetricMatrix } from '../functions/symmetric.js';
import { GreedyForest } from './greedy-forest.js';

/** Options of partitions of a graph. */
export interface GraphPartitionOptions {
  /** In which order nodes are taken: `'lipschitz'` (default) by falling diagonal entries, `'natural'` as they come. */
  readonly order?: 'lipschitz' | 'natural';
}

const DEFAULTS: Required<GraphPartitionOptions> = Object.freeze({ order: 'lipschitz' });

interface Graph {
  readonly matrix: SparseMatrix;
  readonly order: Int32Array;
}

function readGraph(entryPoint: string, H: MatrixLike, options: GraphPartitionOptions | undefined): Graph {
  const settings = resolveOptions(entryPoint, options, DEFAULTS);
  requireOneOf('options.order', settings.order, ['lipschitz', 'natural']);
  const matrix = symmetricMatrix('H', H);
  const diagonal = positiveDiagonal(matrix);
  const order = Int32Array.from(diagonal, (_, i) => i);
  if (settings.order === 'lipschitz') order.sort((i, j) => diagonal[j] - diagonal[i] || i - j);
  return { matrix, order };
}

/**
 * Parts the nodes of a graph into blocks without any edge inside: greedy colouring, each node with the admissible colour
 * that has the fewest nodes so far. A lattice falls into red and black.
 *
 * On such a block the Hessian is diagonal, so that the update by message passing takes no more than a division a node.
 *
 * @param H - symmetric matrix of shape (n, n) with a positive diagonal; its entries off the diagonal are the edges
 * @param options - `order` (default `'lipschitz'`)
 * @returns blocks for the option `partition` of `minimize`, each rising
 * @throws DimensionError, InvalidInputError as `quadratic` does
 * Complexity: O(nodes (log nodes + colours) + edges).
 *
 * @example
 * ```ts
 * import { redBlackPartition } from '@lemmata/coordinate-descent';
 *
 * console.log(redBlackPartition([[2, -1, 0], [-1, 2, -1], [0, -1, 2]])); // [0, 2] and [1]
 * ```
 */
export function redBlackPartition(H: MatrixLike, options?: GraphPartitionOptions): Int32Array[] {
  const { matrix, order } = readGraph('redBlackPartition', H, options);
  const { indptr, indices, rows } = matrix;
  const colours = new Int32Array(rows).fill(-1);
  const blocks: number[][] = [];
  const taken: number[] = [];
  for (const v of order) {
    for (let k = indptr[v]; k < indptr[v + 1]; k++) {
      const colour = colours[indices[k]];
      if (indices[k] !== v && colour >= 0) taken[colour] = v;
    }
    let best = -1;
    for (let colour = 0; colour < blocks.length; colour++) {
      if (taken[colour] !== v && (best < 0 || blocks[colour].length < blocks[best].length)) best = colour;
    }
    if (best < 0) {
      best = blocks.length;
      blocks.push([]);
      taken.push(-1);
    }
    colours[v] = best;
    blocks[best].push(v);
  }
  return blocks.map((block) => Int32Array.from(block).sort());
}

/**
 * Parts the nodes of a graph into forests: each node goes into the first forest in which it closes no cycle.
 *
 * @param H - symmetric matrix of shape (n, n) with a positive diagonal; its entries off the diagonal are the edges
 * @param options - `order` (default `'lipschitz'`)
 * @returns blocks for the option `partition` of `minimize`, each rising
 * @throws DimensionError, InvalidInputError as `quadratic` does
 * Complexity: O(forests edges alpha(n)).
 *
 * @example
 * ```ts
 * import { minimize, quadratic, treePartition } from '@lemmata/coordinate-descent';
 *
 * const H = [[3, -1, -1], [-1, 3, -1], [-1, -1, 3]]; // a triangle: two nodes make a tree
 * const result = minimize(
 *   { smooth: quadratic(H, [1, 0, 0]) },
 *   { partition: treePartition(H), selection: 'cyclic', update: 'message-passing' },
 * );
 * console.log(result.status, result.x);
 * ```
 * @see J. Nutini, I. Laradji, M. Schmidt, JMLR 23(131), 2022, section 5
 */
export function treePartition(H: MatrixLike, options?: GraphPartitionOptions): Int32Array[] {
  const { matrix, order } = readGraph('treePartition', H, options);
  const blocks: Int32Array[] = [];
  const forest = new GreedyForest(matrix);
  // First fit, one forest after the other: a node is left for later forests exactly when it closes a cycle in this one.
  for (let rest = order; rest.length > 0; ) {
    const block = forest.select(rest);
    blocks.push(block);
    const chosen = new Set(block);
    rest = rest.filter((v) => !chosen.has(v));
  }
  return blocks;
}

/**
 * Parts a lattice of rows x cols nodes, numbered down the columns (col * rows + row), into two trees: interlocking combs.
 *
 * @param rows - nodes in a column, an integer >= 2
 * @param cols - nodes in a row, an integer >= 1
 * @returns two blocks for the option `partition` of `minimize`, each rising
 * @throws InvalidInputError for numbers out of range
 * Complexity: O(rows cols).
 *
 * @example
 * ```ts
 * import { latticeCombs } from '@lemmata/coordinate-descent';
 *
 * console.log(latticeCombs(3, 3).map(({ length }) => length)); // 4 and 5
 * ```
 * @see J. Nutini, I. Laradji, M. Schmidt, JMLR 23(131), 2022, section 5
 */
export function latticeCombs(rows: number, cols: number): Int32Array[] {
  requireInteger('rows', rows, 2, 32767);
  requireInteger('cols', cols, 1, 32767);
  const combs: [number[], number[]] = [[], []];
  for (let col = 0; col < cols; col++) {
    for (let row = 0; row < rows; row++) {
      // The white comb has its spine in the first row and teeth in even columns, down to the last row but one.
      const white = row === 0 || (col % 2 === 0 && row <= rows - 2);
      combs[white ? 1 : 0].push(col * rows + row);
    }
  }
  return combs.map((comb) => Int32Array.from(comb));
}
