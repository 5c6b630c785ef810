import { toArrays } from '@lemmata/linalg';
import { describe, expect, it } from 'vitest';
import { heatProblem, heatStep, laplacian2d, SmoothThompson, ssorCg, TunedSolver } from '../src/index.js';
import { stream, times } from './references.js';

describe('the heat problem', () => {
  it('has the 5-point Laplacian', () => {
    const A = toArrays(laplacian2d(3, 0.5, 2));
    A.forEach((row, a) => {
      row.forEach((value, b) => {
        const [i, j, k, l] = [Math.floor(a / 3), a % 3, Math.floor(b / 3), b % 3];
        const distance = Math.abs(i - k) + Math.abs(j - l);
        expect(value).toBe(distance === 0 ? 8.5 : distance === 1 ? -2 : 0);
      });
    });
  });

  it('steps an eigenfunction of the Laplacian by the factor of Crank and Nicolson', () => {
    const problem = heatProblem({ intervals: 9, timeStep: 0.01 });
    const side = 8;
    const wave = Float64Array.from(
      { length: 64 },
      (_, k) => Math.sin((Math.PI * (1 + (k % side))) / 9) * Math.sin((2 * Math.PI * (1 + Math.floor(k / side))) / 9),
    );
    // Step 60 lies where the diffusivity is large.
    const still = heatStep(problem, new Float64Array(64), 60);
    const moved = heatStep(problem, wave, 60);
    expect(Math.abs(moved.diffusivity + 10 * Math.sin(2 * Math.PI * 0.605))).toBeLessThan(1e-14);
    const eigenvalue = (4 - 2 * Math.cos(Math.PI / 9) - 2 * Math.cos((2 * Math.PI) / 9)) * 81;
    const c = (moved.diffusivity * 0.01 * eigenvalue) / 2;
    const left = times(toArrays(moved.matrix), wave);
    // Terms of size 4 * 81 * 10 * 0.005 = 16 and a dozen roundings each.
    const rounding = 16 * 12 * Number.EPSILON;
    for (let k = 0; k < 64; k++) {
      expect(Math.abs(left[k] - (1 + c) * wave[k])).toBeLessThan(rounding);
      expect(Math.abs(moved.rightHandSide[k] - still.rightHandSide[k] - (1 - c) * wave[k])).toBeLessThan(rounding);
    }
  });

  it('puts the source where it moves', () => {
    const problem = heatProblem({ intervals: 40 });
    const { rightHandSide } = heatStep(problem, new Float64Array(39 * 39), 0);
    // At the middle of the first step the centre is (3/4, 1/2 + sin(0.008 pi) / 4): near row 30, column 20.
    const peak = rightHandSide.indexOf(Math.max(...rightHandSide));
    expect([Math.floor(peak / 39) + 1, (peak % 39) + 1]).toEqual([30, 20]);
    expect(rightHandSide.filter((value) => value > 0).length).toBeLessThan(Math.PI * 5.5 * 5.5);
  });
});

describe('the tuned solver on the heat problem', () => {
  /** Iterations of a run over 250 steps around the largest diffusivity. */
  function run(solve: (A: object, b: Float64Array, u: Float64Array, context: number) => Float64Array): void {
    const problem = heatProblem({ intervals: 16 });
    let u = problem.initial;
    for (let step = 600; step < 850; step++) {
      const { matrix, rightHandSide, diffusivity } = heatStep(problem, u, step);
      u = solve(matrix, rightHandSide, u, diffusivity);
    }
  }

  it('needs fewer iterations than Gauss-Seidel preconditioning and little more than the best factor of the grid', () => {
    const totals = new Map<number, number>();
    for (const omega of [1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.9]) {
      let total = 0;
      run((A, b, initial) => {
        const result = ssorCg(A as never, b, { omega, initial });
        expect(result.status).toBe('converged');
        total += result.iterations;
        return result.x;
      });
      totals.set(omega, total);
    }
    const solver = new TunedSolver({ tuner: new SmoothThompson({ context: { min: 0, max: 10 }, seed: 1 }) });
    run((A, b, initial, context) => {
      const result = solver.solve(A as never, b, { initial, context });
      expect(result.status).toBe('converged');
      expect(result.cost).toBe(result.iterations - 1);
      expect(solver.tuner.parameters).toContain(result.omega);
      return result.x;
    });
    const { iterations, solves } = solver.counts;
    expect(solves).toBe(250);
    expect(iterations).toBeLessThan(totals.get(1) as number);
    expect(iterations).toBeLessThan(1.1 * Math.min(...totals.values()));
  });

  it('learns three times the worst from a failure and nothing from an end from outside', () => {
    const A = laplacian2d(8);
    const b = Float64Array.from({ length: 64 }, () => stream('b').normal());
    const solver = new TunedSolver({ method: 'sor' });
    const failed = solver.solve(A, b, { maxIterations: 2 });
    expect([failed.status, failed.cost]).toEqual(['max-iterations', 6]);
    const stopped = solver.solve(A, b, { onIteration: (state) => state.iteration < 4 });
    expect([stopped.status, stopped.cost, solver.tuner.rounds]).toEqual(['stopped', null, 1]);
    expect(() => solver.solve(A, b.subarray(1))).toThrow('b: expected length 64');
    expect([solver.tuner.rounds, solver.tuner.snapshot().open.length]).toEqual([1, 0]);
    expect(solver.counts).toEqual({ solves: 2, iterations: 6 });
  });
});
