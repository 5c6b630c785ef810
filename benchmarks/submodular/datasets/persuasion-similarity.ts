// How much any two sentences of a novel have in common.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { readWords, TERMS } from '../persuasion.js';
import type { SimilarityInput } from '../representatives.js';

/** Cosine of the word sets of each pair: |A and B| / sqrt(|A| |B|), rounded to float32; 0 for sentences without words. */
export function dataset(given: Params): Dataset<SimilarityInput> {
  return {
    name: 'persuasion-similarity',
    version: '1',
    params: readParams('dataset persuasion-similarity', given, {}),
    ...TERMS,
    generate: async () => {
      const { indptr, indices, weights } = await readWords();
      const n = indptr.length - 1;
      const similarity = new Float32Array(n * n);
      const inSentence = new Uint8Array(weights.length);
      for (let a = 0; a < n; a++) {
        inSentence.fill(0);
        for (let p = indptr[a]; p < indptr[a + 1]; p++) inSentence[indices[p]] = 1;
        for (let b = 0; b < n; b++) {
          let common = 0;
          for (let p = indptr[b]; p < indptr[b + 1]; p++) common += inSentence[indices[p]];
          const size = Math.sqrt((indptr[a + 1] - indptr[a]) * (indptr[b + 1] - indptr[b]));
          similarity[a * n + b] = common === 0 ? 0 : common / size;
        }
      }
      return { n, similarity };
    },
    describe: ({ n }) => ({ shape: [n, n] }),
  };
}
