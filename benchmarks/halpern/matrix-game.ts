// The problem: a pair of strategies is as good as what best answers to it would gain, relative to the range of payoffs.
import { type Params, type Problem, readParams } from '@lemmata/bench';
import {
  type GameInstance,
  type GameSolution,
  payoffRange,
  requireDistribution,
  valueBounds,
} from './game-certificate.js';

/** A matrix game on a dense payoff matrix. */
export function problem(given: Params): Problem<GameInstance, GameInstance, GameSolution> {
  return {
    name: 'matrix-game',
    version: '1',
    params: readParams('problem matrix-game', given, {}),
    metric: 'relativeGap',
    metricLabel: 'duality gap / range of payoffs',
    count: 'evaluations',
    referenceKind: 'certified',
    load: (data) => data,
    evaluate: (instance, solution) => {
      const { lower, upper } = valueBounds(instance, solution);
      return { relativeGap: (upper - lower) / payoffRange(instance), lower, upper };
    },
    trivialSolution: ({ A }) => ({
      x: new Float64Array(A.cols).fill(1 / A.cols),
      y: new Float64Array(A.rows).fill(1 / A.rows),
    }),
    verify: ({ A }, { x, y }) => {
      requireDistribution('x', x, A.cols);
      requireDistribution('y', y, A.rows);
    },
  };
}
