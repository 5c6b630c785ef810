// The loops that anyone would write, three of them: window by window, pattern position by pattern position, and four
// bytes at a time in 32-bit words. They know no SIMD and no WebAssembly.
import { type Params, readParams, type Solver } from '@lemmata/bench';
import type { HammingInput } from '../instance.js';
import type { ProfileSolution } from '../profile.js';

/** For each window, compare symbol by symbol. */
function byWindow({ text, pattern }: HammingInput): Int32Array {
  const m = pattern.length;
  const distances = new Int32Array(text.length - m + 1);
  for (let i = 0; i < distances.length; i++) {
    let distance = 0;
    for (let j = 0; j < m; j++) if (text[i + j] !== pattern[j]) distance++;
    distances[i] = distance;
  }
  return distances;
}

/** For each pattern position, one pass over the text. */
function byPosition({ text, pattern }: HammingInput): Int32Array {
  const m = pattern.length;
  const distances = new Int32Array(text.length - m + 1);
  for (let j = 0; j < m; j++) {
    const symbol = pattern[j];
    for (let i = 0; i < distances.length; i++) distances[i] += text[i + j] !== symbol ? 1 : 0;
  }
  return distances;
}

/** For each window, compare four bytes as one word: the bytes that differ are those that are not 0 in the difference. */
function byWord({ text, pattern }: HammingInput): Int32Array {
  const m = pattern.length;
  const copies = [0, 1, 2, 3].map((s) => {
    const bytes = new Uint8Array(4 * Math.ceil(text.length / 4) + 4);
    bytes.set(text.subarray(s));
    return new Int32Array(bytes.buffer);
  });
  const whole = Math.floor(m / 4);
  const words = new Int32Array(pattern.slice(0, 4 * whole).buffer);
  const distances = new Int32Array(text.length - m + 1);
  for (let i = 0; i < distances.length; i++) {
    const copy = copies[i & 3];
    const at = i >> 2;
    let distance = 0;
    for (let w = 0; w < whole; w++) {
      const x = copy[at + w] ^ words[w];
      const high = (((x & 0x7f7f7f7f) + 0x7f7f7f7f) | x) & 0x80808080;
      distance += Math.imul(high >>> 7, 0x01010101) >>> 24;
    }
    for (let j = 4 * whole; j < m; j++) if (text[i + j] !== pattern[j]) distance++;
    distances[i] = distance;
  }
  return distances;
}

const LOOPS = { windows: byWindow, positions: byPosition, words: byWord } as const;

/** One of the three loops. */
export function solver(given: Params): Solver<HammingInput, ProfileSolution> {
  const params = readParams('solver plain-loops', given, { loop: ['windows', 'positions', 'words'] });
  let instance: HammingInput;
  let solution: ProfileSolution;
  return {
    name: 'plain-loops',
    version: '1',
    params,
    language: 'TypeScript',
    sampling: 'once',
    determinism: 'R3',
    supports: ({ text }) => params.loop !== 'words' || text instanceof Uint8Array || { skip: 'symbols are no bytes' },
    setup: (given) => {
      instance = given;
    },
    run: (probe) => {
      solution = { distances: LOOPS[params.loop](instance) };
      probe.tick();
    },
    solution: () => solution,
    counts: () => {
      const comparisons = solution.distances.length * instance.pattern.length;
      return { operations: params.loop === 'words' ? comparisons / 4 : comparisons };
    },
  };
}
