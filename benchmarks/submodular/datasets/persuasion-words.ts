// A novel as it is read: sentences cover words.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { readWords, TERMS } from '../persuasion.js';
import type { CoverageInput } from '../sliding-window.js';

/** Sentences in reading order and their words. */
export function dataset(given: Params): Dataset<CoverageInput> {
  return {
    name: 'persuasion-words',
    version: '1',
    params: readParams('dataset persuasion-words', given, {}),
    ...TERMS,
    generate: async () => {
      const { indptr, indices, weights } = await readWords();
      return { indptr, indices, weights };
    },
    describe: ({ indptr, indices, weights }) => ({
      shape: [indptr.length - 1, weights.length],
      nnz: indices.length,
    }),
  };
}
