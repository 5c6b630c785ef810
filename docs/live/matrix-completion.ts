import { randomStream, sin } from '@lemmata/core';
import { completedMatrix, completeMatrix } from '@lemmata/matrix-completion';
import type { LiveExample } from './live-example.js';

const ROWS = 24;
const COLS = 32;

/** A table of low rank, some of its entries, and what alternating least squares makes of them. */
export const example: LiveExample = {
  controls: [
    { kind: 'range', name: 'observed', label: 'share of entries known', min: 0.2, max: 0.95, step: 0.05, value: 0.5 },
    { kind: 'range', name: 'rank', label: 'rank of the model', min: 1, max: 6, step: 1, value: 3 },
    { kind: 'range', name: 'noise', label: 'noise', min: 0, max: 0.5, step: 0.05, value: 0.05 },
    { kind: 'range', name: 'seed', label: 'seed', min: 1, max: 20, step: 1, value: 2 },
  ],
  compute({ observed, rank, noise, seed }) {
    const stream = randomStream(Number(seed)).fork('table');
    const waves = (length: number): number[][] =>
      Array.from({ length: 3 }, () => {
        const [speed, shift] = [0.1 + 0.5 * stream.uniform(), 6 * stream.uniform()];
        return Array.from({ length }, (_, i) => sin(speed * i + shift));
      });
    const [down, across] = [waves(ROWS), waves(COLS)];
    const truth = Array.from({ length: ROWS }, (_, i) =>
      Array.from({ length: COLS }, (_, j) => down.reduce((sum, wave, k) => sum + wave[i] * across[k][j], 0)),
    );
    const table = truth.map((row) =>
      row.map((entry) => {
        const [kept, error] = [stream.uniform() < Number(observed), Number(noise) * stream.normal()];
        return kept ? entry + error : null;
      }),
    );
    const fit = completeMatrix(table, { rank: Number(rank), lambda: 0.01, maxIterations: 200 });
    const { data } = completedMatrix(fit);
    const completed = truth.map((_, i) => Array.from(data.subarray(i * COLS, (i + 1) * COLS)));
    let [sum, count] = [0, 0];
    table.forEach((row, i) => {
      row.forEach((entry, j) => {
        if (entry !== null) return;
        sum += (completed[i][j] - truth[i][j]) * (completed[i][j] - truth[i][j]);
        count++;
      });
    });
    return {
      figures: [
        { label: 'status', value: fit.status },
        { label: 'error on the known entries (rmse)', value: fit.rmse },
        { label: 'error on the holes (rmse)', value: count === 0 ? 0 : Math.sqrt(sum / count) },
        { label: 'rounds', value: fit.iterations },
      ],
      drawing: {
        kind: 'cells',
        tables: [
          { name: 'truth', rows: truth },
          { name: 'known', rows: table },
          { name: 'completed', rows: completed },
        ],
      },
    };
  },
};
