import { describe, expect, it } from 'vitest';
import { minimizeIterations, type PartitionKind, quadratic } from '../src/index.js';

const diagonal = [5, 1, 4, 2, 3, 7, 6];
const n = diagonal.length;
const H = diagonal.map((value, i) =>
  diagonal.map((_, j) => (i === j ? value : Math.abs(i - j) === 1 ? -0.25 * (i + j) : 0)),
);
for (let i = 0; i < n; i++) H[i][i] += i === 0 ? 3 : 0;
const smooth = quadratic(H, [1, 2, 3, 4, 5, 6, 7]);

/** The blocks of a partition in their order. */
function blocksOf(partition: PartitionKind | number[][], blockSize?: number): number[][] {
  const blocks: number[][] = [];
  const size = blockSize === undefined ? {} : { blockSize };
  const options = { partition, selection: 'cyclic', tolerance: 0, maxIterations: 7, ...size } as const;
  for (const { iteration, block } of minimizeIterations({ smooth }, options))
    if (iteration > 0) blocks.push([...block]);
  const end = blocks.findIndex((block, k) => k > 0 && block.join() === blocks[0].join());
  return end < 0 ? blocks : blocks.slice(0, end);
}

const byKey = (keys: number[]) => keys.map((_, i) => i).sort((i, j) => keys[i] - keys[j] || i - j);
const chunks = (order: number[], size: number) =>
  Array.from({ length: Math.ceil(order.length / size) }, (_, k) =>
    order.slice(k * size, (k + 1) * size).sort((i, j) => i - j),
  );
const fromBothEnds = (order: number[]) =>
  order.map((_, t) => order[t % 2 === 0 ? t / 2 : order.length - 1 - (t - 1) / 2]);

describe('partitions into blocks of three', () => {
  const constants = byKey(H.map((row, i) => row[i]));
  const sums = byKey(H.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)));

  it.each([
    ['order', chunks([0, 1, 2, 3, 4, 5, 6], 3)],
    ['sort', chunks(constants, 3)],
    ['avg', chunks(fromBothEnds(constants), 3)],
    ['hsort', chunks(sums, 3)],
    ['havg', chunks(fromBothEnds(sums), 3)],
  ] as const)('%s', (kind, expected) => {
    expect(blocksOf(kind, 3)).toEqual(expected);
  });

  it('random covers every variable once', () => {
    const blocks = blocksOf('random', 3);
    expect(blocks.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(blocks.flat().sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(blocks).not.toEqual(blocksOf('order', 3));
  });

  it('of the caller, sorted inside', () => {
    expect(blocksOf([[6, 0], [3, 1, 2, 5], [4]])).toEqual([[0, 6], [1, 2, 3, 5], [4]]);
  });
});
