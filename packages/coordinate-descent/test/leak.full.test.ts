import { liveArenas } from '@lemmata/core';
import { expect, it } from 'vitest';
import { lambdaMax, lasso, lassoAsync, lassoIterations, lassoPath, prepareDesign } from '../src/index.js';
import { testProblem } from './problems.js';

const SOLVES = 10000;
const WARM_UP = 1000;

/**
 * Resident memory in bytes after the collector had several turns: through `global.gc` where it is exposed, else by
 * pressure and rest.
 */
async function settledMemory(): Promise<number> {
  const collect = (globalThis as { gc?: () => void }).gc;
  let least = Infinity;
  for (let turn = 0; turn < 20; turn++) {
    if (collect !== undefined) collect();
    else for (let k = 0; k < 50; k++) new Float64Array(100000).fill(1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    least = Math.min(least, process.memoryUsage().rss);
  }
  return least;
}

it('10,000 solves, some aborted, some thrown out of, some left early, keep no memory', async () => {
  const { dense, sparse, b } = testProblem('leak', 60, 200, 0.5);
  const lambda = lambdaMax(dense, b) / 20;
  const endings: Record<string, number> = {};
  let first = 0;
  for (let k = 0; k < SOLVES; k++) {
    const A = k % 2 === 0 ? dense : sparse;
    const kind = k % 10;
    let ending: string;
    if (kind === 0) {
      let left = 3 + (k % 7);
      const signal = {
        get aborted() {
          return --left < 0;
        },
      };
      ending = lasso(A, b, { lambda, signal, tolerance: 1e-12 }).status;
    } else if (kind === 1) {
      try {
        lasso(A, b, {
          lambda,
          onIteration: (state) => {
            if (state.iteration === 1) throw new Error('out');
          },
        });
        ending = 'no throw';
      } catch {
        ending = 'thrown';
      }
    } else if (kind === 2) {
      for (const state of lassoIterations(A, b, { lambda })) if (state.iteration === 1) break;
      ending = 'left';
    } else if (kind === 3) {
      ending = lassoPath(A, b, { numLambdas: 5 }).status;
    } else if (kind === 4) {
      const design = prepareDesign(A);
      ending = lasso(design, b, { lambda }).status;
      design.dispose();
    } else if (kind === 5) {
      ending = (await lassoAsync(A, b, { lambda })).status;
    } else if (kind === 6) {
      try {
        lasso(A, b.subarray(1), { lambda });
        ending = 'no throw';
      } catch {
        ending = 'refused';
      }
    } else {
      ending = lasso(A, b, { lambda, algorithm: kind === 7 ? 'cyclic' : 'working-set' }).status;
    }
    endings[ending] = (endings[ending] ?? 0) + 1;
    if (k + 1 === WARM_UP) first = await settledMemory();
  }
  const last = await settledMemory();
  expect(liveArenas()).toBe(0);
  expect(Object.keys(endings).sort()).toEqual(['aborted', 'converged', 'left', 'refused', 'thrown']);
  console.info(`resident after ${WARM_UP} solves ${first}, after ${SOLVES} ${last}, ratio ${last / first}`);
  expect(last / first).toBeLessThanOrEqual(1.05);
});
