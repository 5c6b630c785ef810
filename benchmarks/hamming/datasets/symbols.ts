// Independent symbols, all equally frequent or by Zipf's law.
import { type Dataset, type Params, readParams } from '@lemmata/bench';
import { type RandomStream, randomStream } from '@lemmata/core';
import type { Codes, HammingInput } from '../instance.js';
import { substituted } from './substituted.js';

/** Draws symbols 0, 1, ..., letters - 1 by a law. */
function drawing(letters: number, law: 'uniform' | 'zipf', stream: RandomStream): () => number {
  if (law === 'uniform') return () => stream.integer(letters);
  const cumulated = new Float64Array(letters);
  for (let r = 0, sum = 0; r < letters; r++) {
    sum += 1 / (r + 1);
    cumulated[r] = sum;
  }
  return () => {
    const draw = stream.uniform() * cumulated[letters - 1];
    let [low, high] = [0, letters - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulated[middle] > draw) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Random symbols, and a piece of them of which some are substituted. */
export function dataset(given: Params): Dataset<HammingInput> {
  const params = readParams('dataset symbols', given, {
    letters: { default: 256, min: 2, max: 65536, integer: true },
    law: ['uniform', 'zipf'],
    n: { default: 1_048_576, min: 1, integer: true },
    m: { default: 100, min: 1, integer: true },
    substitutions: { default: 2, min: 0, integer: true },
  });
  return {
    name: 'symbols',
    version: '1',
    params,
    licence: 'generated',
    source: 'independent symbols, uniform or with probability ~ 1 / rank; pattern: a piece with substitutions',
    generate: ({ seed }) => {
      const stream = randomStream(seed);
      const draw = drawing(params.letters, params.law, stream.fork('text'));
      const text: Codes = params.letters <= 256 ? new Uint8Array(params.n) : new Uint16Array(params.n);
      for (let i = 0; i < text.length; i++) text[i] = draw();
      return { text, pattern: substituted(text, params.m, params.substitutions, stream.fork('pattern')) };
    },
    describe: ({ text, pattern }) => ({ shape: [text.length, pattern.length] }),
  };
}
