import { randomStream } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import { dataset as symbols } from '../dist/hamming/datasets/symbols.js';
import { allDistances, type HammingInput, windowDistance } from '../dist/hamming/instance.js';
import { problem as profileProblem } from '../dist/hamming/profile.js';
import { problem as searchProblem } from '../dist/hamming/search.js';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Windows gatt, atta, ttac, taca of a text against gata: 1, 2, 4 and 2 letters differ. */
const small: HammingInput = { text: bytes('gattaca'), pattern: bytes('gata') };
const DISTANCES = [1, 2, 4, 2];

function bruteForce({ text, pattern }: HammingInput): number[] {
  const distances: number[] = [];
  for (let i = 0; i + pattern.length <= text.length; i++) {
    distances.push(pattern.filter((symbol, j) => text[i + j] !== symbol).length);
  }
  return distances;
}

describe('distances by definition', () => {
  it('are those that a hand counts', () => {
    expect(Array.from(allDistances(small))).toEqual(DISTANCES);
    expect(DISTANCES.map((_, i) => windowDistance(small, i, 4))).toEqual(DISTANCES);
    expect(windowDistance(small, 2, 1)).toBe(2);
  });

  it.each([
    [1, 1, 2],
    [40, 1, 3],
    [40, 40, 3],
    [200, 17, 4],
    [200, 60, 300],
  ])('are those of brute force for n = %d, m = %d and %d letters', (n, m, letters) => {
    const stream = randomStream(`${n} ${m} ${letters}`);
    const draw = (length: number) => Uint16Array.from({ length }, () => stream.integer(letters));
    const input = { text: draw(n), pattern: draw(m) };
    expect(Array.from(allDistances(input))).toEqual(bruteForce(input));
  });
});

describe('the evaluation of a profile', () => {
  const { evaluate, verify, trivialSolution } = profileProblem({});

  it('counts the distances that are wrong, missing or too many', () => {
    expect(evaluate(small, { distances: Uint8Array.from(DISTANCES) })).toEqual({ wrong: 0 });
    expect(evaluate(small, { distances: Uint8Array.of(1, 2, 2, 2) })).toEqual({ wrong: 1 });
    expect(evaluate(small, { distances: Uint8Array.of(1, 2) })).toEqual({ wrong: 2 });
    expect(evaluate(small, { distances: Uint8Array.of(...DISTANCES, 4) })).toEqual({ wrong: 1 });
    expect(evaluate(small, trivialSolution(small))).toEqual({ wrong: 4 });
  });

  it('accepts brute force alone', async () => {
    const input = await symbols({ letters: 5, n: 300, m: 20, substitutions: 3 }).generate({ seed: '0' });
    const distances = Float64Array.from(bruteForce(input));
    verify(input, { distances });
    distances[7]++;
    expect(() => verify(input, { distances })).toThrow('got 1 others');
  });
});

describe('the evaluation of a search', () => {
  const { load, evaluate, verify, trivialSolution } = searchProblem({ k: 2 });
  const instance = load(small);

  it('counts windows that are missing, wrongly there, twice, or there with a wrong distance', () => {
    const wrong = (positions: number[], distances: number[]) =>
      evaluate(instance, { positions: Float64Array.from(positions), distances: Float64Array.from(distances) });
    expect(wrong([0, 1, 3], [1, 2, 2])).toEqual({ wrong: 0, windows: 3 });
    expect(wrong([0, 3], [1, 2])['wrong']).toBe(1);
    expect(wrong([0, 1, 2, 3], [1, 2, 4, 2])['wrong']).toBe(1);
    expect(wrong([0, 1, 1, 3], [1, 2, 2, 2])['wrong']).toBe(1);
    expect(wrong([0, 1, 3], [1, 1, 2])['wrong']).toBe(1);
    expect(evaluate(instance, trivialSolution(instance))['wrong']).toBe(4);
  });

  it('accepts brute force alone', async () => {
    const input = await symbols({ letters: 3, n: 300, m: 12, substitutions: 1 }).generate({ seed: '0' });
    const { load: loadSix, verify: verifySix } = searchProblem({ k: 6 });
    const found = bruteForce(input).flatMap((distance, i) => (distance <= 6 ? [[i, distance]] : []));
    expect(found.length).toBeGreaterThan(1);
    const positions = Float64Array.from(found, ([i]) => i);
    const distances = Float64Array.from(found, ([, distance]) => distance);
    verifySix(loadSix(input), { positions, distances });
    expect(() => verifySix(loadSix(input), { positions, distances: distances.map((d) => d + 1) })).toThrow(
      'wrong ones',
    );
    expect(() => verify(instance, { positions: new Float64Array(0), distances: new Float64Array(0) })).toThrow('got 3');
  });
});
