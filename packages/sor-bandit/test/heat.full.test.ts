import { expect, it } from 'vitest';
import { ChebCb, heatProblem, heatStep, ssorCg, TsallisInf, TunedSolver } from '../src/index.js';

/** Mean iterations of SSOR-CG over 5000 steps with 25 intervals, solved by `solve` from the temperature before. */
function mean(
  solve: (step: ReturnType<typeof heatStep>, initial: Float64Array) => { x: Float64Array; iterations: number },
) {
  const problem = heatProblem();
  let u = problem.initial;
  let total = 0;
  for (let index = 0; index < 5000; index++) {
    const { x, iterations } = solve(heatStep(problem, u, index), u);
    total += iterations;
    u = x;
  }
  return total / 5000;
}

it.each([
  [1, 6.56],
  [1.4, 5.88],
  [1.5, 6.46],
])('fixed omega %f needs %f iterations on average, as an independent program found', (omega, expected) => {
  const found = mean(({ matrix, rightHandSide }, initial) => ssorCg(matrix, rightHandSide, { omega, initial }));
  // Stored with two decimals.
  expect(Math.abs(found - expected)).toBeLessThan(0.0051);
});

it('Tsallis-INF beats Gauss-Seidel preconditioning, ChebCB every fixed omega', () => {
  const tsallis = new TunedSolver({ tuner: new TsallisInf() });
  expect(mean(({ matrix, rightHandSide }, initial) => tsallis.solve(matrix, rightHandSide, { initial }))).toBeLessThan(
    6.56,
  );
  const cheb = new TunedSolver({ tuner: new ChebCb({ context: { min: 0, max: 10 } }) });
  expect(
    mean(({ matrix, rightHandSide, diffusivity }, initial) =>
      cheb.solve(matrix, rightHandSide, { initial, context: diffusivity }),
    ),
  ).toBeLessThan(5.88);
});
