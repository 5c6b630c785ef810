import { describe, expect, it } from 'vitest';
import {
  type AnyTuner,
  ChebCb,
  heatProblem,
  heatStep,
  restoreTuner,
  SmoothThompson,
  TsallisInf,
  TunedSolver,
} from '../src/index.js';
import { stream } from './references.js';

const context = { min: 0, max: 1 };
const makers: [string, () => AnyTuner][] = [
  ['tsallis, reduced variance', () => new TsallisInf({ seed: 'a' })],
  ['tsallis, importance', () => new TsallisInf({ estimator: 'importance-weighted', costScale: 90, seed: 'a' })],
  ['chebcb', () => new ChebCb({ context, seed: 'a' })],
  ['thompson', () => new SmoothThompson({ seed: 'a' })],
  ['thompson with contexts', () => new SmoothThompson({ context, bins: 5, seed: 'a' })],
];

/** Plays rounds with two questions open at a time and gives what was asked. */
function play(tuner: AnyTuner, draws: ReturnType<typeof stream>, rounds: number): number[] {
  const asked: number[] = [];
  for (let t = 0; t < rounds; t++) {
    const where = draws.uniform();
    const [first, second] = [0, 1].map(() => (tuner.contextual ? tuner.ask(where) : tuner.ask()));
    tuner.tell(second.id, 80 * Math.abs(second.parameter - 1.2 - where / 2));
    if (t % 7 === 3) tuner.withdraw(first.id);
    else tuner.tell(first.id, 80 * Math.abs(first.parameter - 1.2 - where / 2));
    asked.push(first.parameter, second.parameter);
  }
  return asked;
}

describe.each(makers)('%s', (_name, make) => {
  it('goes on bit for bit after JSON, open questions included', () => {
    const tuner = make();
    play(tuner, stream('before'), 60);
    const open = tuner.contextual ? tuner.ask(0.3) : tuner.ask();
    const saved = JSON.stringify(tuner.snapshot());
    const other = restoreTuner(JSON.parse(saved));
    expect(JSON.stringify(other.snapshot())).toBe(saved);
    other.tell(open.id, 33);
    tuner.tell(open.id, 33);
    expect(play(other, stream('after'), 100)).toEqual(play(tuner, stream('after'), 100));
    expect(JSON.stringify(other.snapshot())).toBe(JSON.stringify(tuner.snapshot()));
    expect([other.seed, other.rounds]).toEqual(['a', tuner.rounds]);
  });

  it('gives the same questions for the same seed, others for another', () => {
    expect(play(make(), stream('same'), 30)).toEqual(play(make(), stream('same'), 30));
  });
});

it('another seed asks other questions', () => {
  const runs = [1, 2].map((seed) => play(new TsallisInf({ seed }), stream('same'), 30));
  expect(runs[0]).not.toEqual(runs[1]);
});

it('a tuned solver goes on bit for bit', () => {
  const problem = heatProblem({ intervals: 8 });
  const run = (solver: TunedSolver, start: Float64Array, from: number, to: number) => {
    let u = start;
    for (let step = from; step < to; step++) {
      const { matrix, rightHandSide, diffusivity } = heatStep(problem, u, step);
      u = solver.solve(matrix, rightHandSide, { initial: u, context: diffusivity }).x;
    }
    return u;
  };
  const solver = new TunedSolver({ method: 'ssor', tuner: new ChebCb({ context: { min: 0, max: 10 } }) });
  const middle = run(solver, problem.initial, 500, 530);
  const copy = TunedSolver.restore(JSON.parse(JSON.stringify(solver.snapshot())));
  expect(run(copy, middle, 530, 560)).toEqual(run(solver, middle, 530, 560));
  expect(copy.counts).toEqual(solver.counts);
  expect(copy.counts.solves).toBe(60);
});
