// What a page's author writes, with nothing configured: import by package name, call, read the answer. The same file
// runs in Node, in a page with an import map, and in a page built by Vite.
import { lasso } from '@lemmata/coordinate-descent';
import { digestArray, liveArenas } from '@lemmata/core';
import { arDesign, regressionData, zipfDesign } from '@lemmata/linalg';

/** Digests of two seeded fits by both backends, and which backend `auto` chose. */
export async function program() {
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
  return { digests, chosen, liveArenas: liveArenas() };
}
