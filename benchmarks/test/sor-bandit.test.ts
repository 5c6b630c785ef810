import { describe, expect, it } from 'vitest';
import { dataset as counties, readCounties } from '../dist/sor-bandit/datasets/counties.js';
import { dataset as heat } from '../dist/sor-bandit/datasets/heat.js';
import { problem } from '../dist/sor-bandit/linear-sequence.js';
import { plainConjugateGradients } from '../dist/sor-bandit/solvers/plain-loop.js';
import { rightHandSide, systemMatrix } from '../dist/sor-bandit/systems.js';

const seed = '0';

describe('the evaluation of a sequence', () => {
  it('gives the residuals that a hand computes', async () => {
    const sequence = {
      n: 2,
      steps: 2,
      coupled: 1,
      indptr: Int32Array.of(0, 2, 4),
      indices: Int32Array.of(0, 1, 0, 1),
      data: Float64Array.of(2, -1, -1, 2),
      factors: Float64Array.of(1, 2),
      masses: Float64Array.of(1, 1),
      massOf: Int32Array.of(0, 0),
      sources: Float64Array.of(4, 0),
      sourceOf: Int32Array.of(0, 0),
      initial: Float64Array.of(0, 0),
      contexts: Float64Array.of(0, 0),
    };
    // A_1 = [[3, -1], [-1, 3]], b_1 = (4, 0): x_1 = (1, 0) leaves r = (1, 1). Then b_2 = x_1 - 2 K x_1 + (4, 0) = (1, 2),
    // A_2 = [[5, -2], [-2, 5]]: x_2 = (0, 0) leaves all of it.
    const x = Float64Array.of(1, 0, 0, 0);
    const { worstResidual } = problem({}).evaluate(sequence, { x });
    expect(Array.from(rightHandSide(sequence, 1, x.subarray(0, 2)))).toEqual([1, 2]);
    expect(worstResidual).toBe(1);
    x.set([9 / 21, 12 / 21], 2);
    expect(problem({}).evaluate(sequence, { x })['worstResidual']).toBeCloseTo(Math.SQRT2 / 4, 14);
  });

  it('accepts what the textbook method finds for steps of heat', async () => {
    const sequence = await heat({ intervals: 8, steps: 5 }).generate({ seed });
    const { n, steps, initial } = sequence;
    const x = new Float64Array(n * steps);
    let before = initial;
    for (let t = 0; t < steps; t++) {
      const b = rightHandSide(sequence, t, before);
      before = plainConjugateGradients(systemMatrix(sequence, t), b, before, 1e-12, 1.2).x;
      x.set(before, t * n);
    }
    problem({}).verify(sequence, { x });
    // The residual of the recurrence drifts from the true one by a few roundings of entries of size |A| |x|.
    expect(problem({}).evaluate(sequence, { x })['worstResidual']).toBeLessThan(1e-11);
  });
});

describe('the counties', () => {
  it('are those of the source', async () => {
    const all = await readCounties();
    expect(all.length).toBe(3106);
    expect(all.reduce((sum, { neighbours }) => sum + neighbours.length, 0)).toBe(2 * 8710);
    expect(all.filter(({ unemployment }) => unemployment === undefined).map(({ code }) => code)).toEqual(['46102']);
  });

  it('make systems whose matrices are symmetric and dominated by their diagonals', async () => {
    const sequence = await counties({ folds: 2, lambdas: 2 }).generate({ seed });
    const { rows, indptr, indices, data } = systemMatrix(sequence, 0);
    const entries = new Map<string, number>();
    let largest = 0;
    for (let i = 0; i < rows; i++) {
      for (let k = indptr[i]; k < indptr[i + 1]; k++) {
        entries.set(`${i} ${indices[k]}`, data[k]);
        largest = Math.max(largest, Math.abs(data[k]));
      }
    }
    for (const [place, value] of entries) expect(entries.get(place.split(' ').reverse().join(' '))).toBe(value);
    for (let i = 0; i < rows; i++) {
      const length = indptr[i + 1] - indptr[i];
      let rest = 0;
      for (let k = indptr[i]; k < indptr[i + 1]; k++) rest += indices[k] === i ? data[k] : -Math.abs(data[k]);
      // The diagonal is lambda times the number of neighbours, plus 1 where the county is not held out. A rounding for
      // each entry, of a partial sum that no row's `length` entries exceed, and two for the diagonal itself.
      const rounding = (length + 2) * length * largest * Number.EPSILON;
      expect(Math.abs(rest - sequence.masses[i])).toBeLessThanOrEqual(rounding);
    }
  });
});
