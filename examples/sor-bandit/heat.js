// Heat on a plate whose conductivity changes with time: 400 linear systems one after another. A tuner that is told the
// conductivity learns which relaxation factor suits which system, while it solves them.
//
//   node examples/sor-bandit/heat.js
import { ChebCb, heatProblem, heatStep, SmoothThompson, ssorCg, TsallisInf, TunedSolver } from '@lemmata/sor-bandit';

const problem = heatProblem({ intervals: 30 });
const [first, last] = [450, 850];
const context = { min: 0, max: 10 };

/** Iterations of every step, by a function that solves it from the step before. */
function follow(solve) {
  let u = problem.initial;
  const iterations = [];
  for (let step = first; step < last; step++) {
    const { matrix, rightHandSide, diffusivity } = heatStep(problem, u, step);
    const result = solve(matrix, rightHandSide, { initial: u }, diffusivity);
    iterations.push(result.iterations);
    u = result.x;
  }
  return iterations;
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const quarters = (values) => [0, 1, 2, 3].map((q) => mean(values.slice(q * 100, (q + 1) * 100)));

const tuners = {
  'Tsallis-INF': new TsallisInf(),
  ChebCB: new ChebCb({ context }),
  'smooth Thompson': new SmoothThompson({ context }),
};
console.log('iterations a step              mean   by quarters of the run');
const show = (name, values) => {
  const parts = quarters(values).map((value) => value.toFixed(1).padStart(5));
  console.log(`${name.padEnd(28)} ${mean(values).toFixed(2).padStart(6)}  ${parts.join(' ')}`);
};
for (const omega of [1, 1.3, 1.6, 1.9]) {
  show(
    `omega = ${omega}`,
    follow((A, b, options) => ssorCg(A, b, { ...options, omega })),
  );
}
for (const [name, tuner] of Object.entries(tuners)) {
  const solver = new TunedSolver({ tuner });
  show(
    name,
    follow((A, b, options, diffusivity) =>
      solver.solve(A, b, tuner.contextual ? { ...options, context: diffusivity } : options),
    ),
  );
}

console.log('\nwhat smooth Thompson has learnt');
for (const diffusivity of [0, 1, 3, 6, 10]) {
  console.log(
    `conductivity ${String(diffusivity).padStart(2)}: omega ${tuners['smooth Thompson'].best(diffusivity).toFixed(2)}`,
  );
}
