// Solves 10,000 times, in every way a solve can end, and prints what memory is held after the first 1,000 and at the
// end. Run by leak.full.test.ts on the built package, with the flags that it explains. A solve takes 6 to 16 MB, so that
// keeping one in a thousand would show.
import { lambdaMax, lasso, lassoAsync, lassoIterations, lassoPath, prepareDesign } from '@lemmata/coordinate-descent';
import { liveArenas } from '@lemmata/core';
import { arDesign, regressionData, toSparse } from '@lemmata/linalg';

const SOLVES = 10_000;
const FIRST = 1000;

const dense = arDesign({ rows: 400, cols: 2000, correlation: 0.5, seed: 'leak' });
const sparse = toSparse(dense, 'csc');
const { b } = regressionData(dense, 'leak');
const lambda = lambdaMax(dense, b) / 3;

/** What becomes of a call that throws. */
function caught(call, word) {
  try {
    call();
  } catch {
    return word;
  }
  return 'no throw';
}

/** The ways to end, one after the other; each gives the word for how it ended. */
const WAYS = [
  (A, k) => {
    let left = 3 + (k % 7);
    const signal = {
      get aborted() {
        return --left < 0;
      },
    };
    return lasso(A, b, { lambda, signal, tolerance: 1e-12 }).status;
  },
  (A) => {
    const onIteration = ({ iteration }) => {
      if (iteration === 1) throw new Error('out');
    };
    return caught(() => lasso(A, b, { lambda, onIteration }), 'thrown');
  },
  (A) => {
    for (const { iteration } of lassoIterations(A, b, { lambda })) if (iteration === 1) break;
    return 'left';
  },
  (A) => lassoPath(A, b, { numLambdas: 5, minRatio: 0.3 }).status,
  (A) => {
    const design = prepareDesign(A);
    const { status } = lasso(design, b, { lambda });
    design.dispose();
    return status;
  },
  async (A) => (await lassoAsync(A, b, { lambda })).status,
  (A) => caught(() => lasso(A, b.subarray(1), { lambda }), 'refused'),
  (A) => lasso(A, b, { lambda, algorithm: 'cyclic' }).status,
  (A) => lasso(A, b, { lambda }).status,
  (A) => lasso(A, b, { lambda, backend: 'js' }).status,
];

/** Resident memory in bytes, the least of several looks after collections. */
async function residentMemory() {
  let least = Infinity;
  for (let look = 0; look < 20; look++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
    least = Math.min(least, process.memoryUsage().rss);
  }
  return least;
}

const endings = {};
let first = 0;
for (let k = 0; k < SOLVES; k++) {
  const ending = await WAYS[k % WAYS.length](Math.floor(k / WAYS.length) % 2 === 0 ? dense : sparse, k);
  endings[ending] = (endings[ending] ?? 0) + 1;
  if (k + 1 === FIRST) first = await residentMemory();
}
const last = await residentMemory();
console.log(JSON.stringify({ endings, live: liveArenas(), first, last }));
