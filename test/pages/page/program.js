// What a page's author writes, with nothing configured: import by package name, call, read the answer. The same file
// runs in Node, in a page with an import map, and in a page built by Vite.
import { lasso } from '@lemmata/coordinate-descent';
import { digestArray, digestJson, liveArenas, randomStream } from '@lemmata/core';
import { matrixGame } from '@lemmata/halpern';
import { hammingProfile } from '@lemmata/hamming';
import { arDesign, regressionData, zipfDesign } from '@lemmata/linalg';
import { completeMatrix } from '@lemmata/matrix-completion';
import { heatProblem, heatStep, TsallisInf, TunedSolver } from '@lemmata/sor-bandit';
import { DynamicSelector, weightedCoverage } from '@lemmata/submodular';

/** Digests of two seeded Lasso fits by both backends, and which backend `auto` chose. */
async function lassoDigests() {
  const digests = {};
  const designs = {
    dense: arDesign({ rows: 60, cols: 200, correlation: 0.5, seed: 1 }),
    sparse: zipfDesign({ rows: 200, cols: 500, seed: 1 }),
  };
  let chosen;
  for (const [name, A] of Object.entries(designs)) {
    const { b } = regressionData(A, 1);
    digests[`${name} data`] = await digestArray(A.data);
    for (const backend of ['auto', 'js']) {
      const result = lasso(A, b, { lambda: 0.01, tolerance: 1e-8, backend });
      digests[`${name} ${backend}`] = await digestArray(result.coefficients);
      if (backend === 'auto') chosen = result.backend;
    }
  }
  return { digests, chosen };
}

/** The temperature after twenty steps that a bandit's SOR parameters solved. */
function heat() {
  const problem = heatProblem({ intervals: 12 });
  const solver = new TunedSolver({ method: 'sor', tuner: new TsallisInf({ seed: 1 }) });
  let u = problem.initial;
  for (let step = 500; step < 520; step++) {
    const { matrix, rightHandSide } = heatStep(problem, u, step);
    u = solver.solve(matrix, rightHandSide, { initial: u }).x;
  }
  return u;
}

/** What is selected while sixty sets come and half of them go. */
function selection(stream) {
  const sets = Array.from({ length: 60 }, () => stream.sample(80, 5));
  const selector = new DynamicSelector(weightedCoverage(sets), { k: 6, seed: 1 });
  for (let element = 0; element < 60; element++) {
    selector.insert(element);
    if (element % 2 === 1) selector.delete(element - 1);
  }
  return [...selector.solution()].sort((a, b) => a - b);
}

/** Digests of one seeded run of each package, the backend that `auto` chose, and what is still held at the end. */
export async function program() {
  const { digests, chosen } = await lassoDigests();
  const stream = randomStream('pages');
  const table = Array.from({ length: 12 }, () => Array.from({ length: 9 }, () => stream.uniform()));
  const holes = table.map((row, i) => row.map((entry, j) => ((i + j) % 3 === 0 ? null : entry)));
  const text = Uint8Array.from({ length: 5000 }, () => stream.integer(4));
  digests.heat = await digestArray(heat());
  digests.game = await digestArray(matrixGame(table, { tolerance: 1e-3 }).x);
  digests.completion = await digestArray(completeMatrix(holes, { rank: 2, lambda: 0.1 }).U.data);
  digests.selection = await digestJson(selection(stream));
  digests.distances = await digestArray(hammingProfile(text, text.subarray(100, 400)).distances);
  return { digests, chosen, liveArenas: liveArenas() };
}
