import { type LabelBlocks, labelPropagation } from '@lemmata/coordinate-descent';
import { cos, randomStream, sin } from '@lemmata/core';
import { fromTriplets } from '@lemmata/linalg';
import type { LiveExample } from './live-example.js';

const SIDE = 40;
const BLOCKS: readonly LabelBlocks[] = ['greedy-tree', 'random-tree', 'red-black', 'general'];

/** A picture in two parts with noise, and a few strokes that say which is which: labels spread over the pixels. */
export const example: LiveExample = {
  controls: [
    { kind: 'range', name: 'blocks', label: 'blocks updated', min: 1, max: 150, step: 1, value: 40 },
    {
      kind: 'range',
      name: 'kind',
      label: 'greedy trees, random trees, red-black, general',
      min: 0,
      max: 3,
      step: 1,
      value: 0,
    },
    { kind: 'range', name: 'noise', label: 'noise', min: 0, max: 0.5, step: 0.05, value: 0.2 },
  ],
  compute({ blocks, kind, noise }) {
    const stream = randomStream('picture');
    const bright = (row: number, col: number): boolean => {
      const edge = SIDE / 2 + 7 * sin(row / 5) + 3 * cos(row / 2);
      return col > edge;
    };
    const picture = Array.from({ length: SIDE }, (_, row) =>
      Array.from({ length: SIDE }, (__, col) => (bright(row, col) ? 1 : 0) + Number(noise) * stream.normal()),
    );
    const places = { rows: [] as number[], cols: [] as number[], values: [] as number[] };
    const link = (v: number, u: number, difference: number): void => {
      // Pixels that look alike hang together.
      const weight = 1 / (1e-3 + difference * difference);
      places.rows.push(v, u);
      places.cols.push(u, v);
      places.values.push(weight, weight);
    };
    for (let row = 0; row < SIDE; row++) {
      for (let col = 0; col < SIDE; col++) {
        const v = row * SIDE + col;
        if (col + 1 < SIDE) link(v, v + 1, picture[row][col] - picture[row][col + 1]);
        if (row + 1 < SIDE) link(v, v + SIDE, picture[row][col] - picture[row + 1][col]);
      }
    }
    const strokes = [3, 12, 20, 28, 36];
    const index = strokes.flatMap((row) => [row * SIDE + 2, row * SIDE + SIDE - 3]);
    const values = strokes.flatMap(() => [-1, 1]);
    const graph = fromTriplets(SIDE * SIDE, SIDE * SIDE, places);
    const run = { maxIterations: Number(blocks), blocks: BLOCKS[Number(kind)], tolerance: 1e-9 };
    const { scores, certificate, iterations, counts } = labelPropagation(graph, { index, values }, run);
    const rows = Array.from({ length: SIDE }, (_, row) => Array.from(scores.subarray(row * SIDE, (row + 1) * SIDE)));
    let right = 0;
    rows.forEach((line, row) => {
      line.forEach((score, col) => {
        if (score > 0 === bright(row, col)) right++;
      });
    });
    return {
      figures: [
        { label: 'pixels on the right side', value: right / (SIDE * SIDE) },
        { label: 'blocks updated', value: iterations },
        { label: 'largest entry of the gradient', value: certificate.gap },
        { label: 'rows of the matrix touched', value: counts.columnTouches },
      ],
      drawing: {
        kind: 'cells',
        tables: [
          { name: 'picture', rows: picture.map((line) => line.map((value) => 2 * value - 1)) },
          { name: 'scores', rows },
        ],
      },
    };
  },
};
