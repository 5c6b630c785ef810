import { randomStream } from '@lemmata/core';
import { matrixGame } from '@lemmata/halpern';
import type { LiveExample } from './live-example.js';

/** A matrix game with random payoffs: two bounds that close in on its value. */
export const example: LiveExample = {
  controls: [
    { kind: 'range', name: 'size', label: 'strategies of each player', min: 3, max: 40, step: 1, value: 12 },
    { kind: 'range', name: 'digits', label: 'digits of accuracy', min: 1, max: 5, step: 1, value: 3 },
    { kind: 'range', name: 'seed', label: 'seed', min: 1, max: 20, step: 1, value: 1 },
  ],
  compute({ size, digits, seed }) {
    const stream = randomStream(Number(seed)).fork('payoffs');
    const payoffs = Array.from({ length: Number(size) }, () =>
      Array.from({ length: Number(size) }, () => 2 * stream.uniform() - 1),
    );
    const tolerance = [1, 0.1, 0.01, 1e-3, 1e-4, 1e-5][Number(digits)];
    const game = matrixGame(payoffs, { tolerance, maxIterations: 20_000, seed: Number(seed) });
    const played = (strategy: ArrayLike<number>): number => Array.from(strategy).filter((share) => share > 1e-3).length;
    return {
      figures: [
        { label: 'status', value: game.status },
        { label: 'value of the game, at least', value: game.certificate.lower },
        { label: 'value of the game, at most', value: game.certificate.upper },
        { label: 'strategies that the row player mixes', value: played(game.y) },
        { label: 'rows and columns read', value: game.counts.evaluations },
      ],
      drawing: {
        kind: 'bars',
        xLabel: 'strategy',
        yLabel: 'how often it is played',
        series: [
          { name: 'minimising player', x: Array.from(game.x, (_, i) => i), y: Array.from(game.x) },
          { name: 'maximising player', x: Array.from(game.y, (_, i) => i), y: Array.from(game.y, (share) => -share) },
        ],
      },
    };
  },
};
