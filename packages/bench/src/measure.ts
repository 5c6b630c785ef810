import { InvalidInputError } from '@lemmata/core';
import { type Clock, toSeconds } from './clock.js';
import type { Problem, Solver } from './contracts.js';
import { CountingProbe, type ProbeEnding, type Row, SamplingProbe } from './probe.js';
import type { Budget } from './suite-schema.js';
import { digestTree, treeToBytes } from './tree.js';

/** Share by which a solver's own seconds may exceed what the runner saw: two clocks never agree exactly. */
const CLOCK_TOLERANCE = 0.01;

/** Most runs that are made to fill a stretch of time. */
const MOST_RUNS = 1000;

/** Fewest seconds of a turn: short runs come in bunches, which are not all the first after a pause. */
const TURN_SECONDS = 0.01;

/** How often and how long a solver runs again. */
export interface Repetition {
  /** How often at least. */
  readonly runs: number;
  /** Seconds at least; at most 1000 runs are made for their sake. */
  readonly seconds: number;
  /** Awaited before each turn of some hundredths of a second with the seconds so far; without it runs follow each other. */
  readonly takeTurn?: (seconds: number) => Promise<void>;
}

/** A solver on an instance, with what decides when a run ends. */
export interface Contest {
  /** Clock of all runs. */
  readonly clock: Clock;
  /** What is measured. */
  readonly problem: Problem;
  /** The instance. */
  readonly instance: unknown;
  /** The solver, set up. */
  readonly solver: Solver;
  /** Value of the metric to reach, or null. */
  readonly target: number | null;
  /** Limits of a run. */
  readonly budget: Budget;
  /** Metrics of the trivial solution. */
  readonly trivial: Readonly<Record<string, number>>;
}

/** One sampled run and its solution. */
export interface MeasuredRun {
  /** Seconds of the run, evaluation excluded. */
  readonly seconds: number;
  /** Seconds of evaluation. */
  readonly evaluateSeconds: number;
  /** The curve, row 0 the trivial solution, the last row the final one. */
  readonly rows: readonly Row[];
  /** Why the probe ended the run, undefined when the solver did. */
  readonly ending: ProbeEnding | undefined;
  /** Metrics that the probe saw last, undefined when it saw none. */
  readonly seen: Readonly<Record<string, number>> | undefined;
  /** Number of iterations. */
  readonly iterations: number;
  /** What the run was asked for. */
  readonly tolerance: number | undefined;
  /** Costs. */
  readonly counts: Readonly<Record<string, number>>;
  /** Metrics of the final solution. */
  readonly final: Readonly<Record<string, number>>;
  /** Whether the final solution meets the target within the seconds of the budget. */
  readonly reached: boolean;
  /** SHA-256 of the final solution. */
  readonly digest: string;
  /** The final solution as the bytes of a file. */
  readonly bytes: Uint8Array;
}

/** Evaluates the solver's current solution and insists on the metric that the problem promises. */
function evaluate({ problem, instance, solver }: Contest): Readonly<Record<string, number>> {
  const metrics = problem.evaluate(instance, solver.solution());
  if (typeof metrics[problem.metric] === 'number') return metrics;
  throw new InvalidInputError(
    `problem ${problem.name}: expected evaluate to return ${problem.metric}, got ${Object.keys(metrics).join(', ')}`,
    'ERR_FORMAT',
  );
}

function secondsOf(contest: Contest, observed: number): number {
  const own = contest.solver.ownSeconds?.();
  if (own === undefined) return observed;
  if (Number.isFinite(own) && own >= 0 && own <= observed * (1 + CLOCK_TOLERANCE) + CLOCK_TOLERANCE) return own;
  throw new InvalidInputError(
    `solver ${contest.solver.name}: expected its own seconds within the ${observed.toFixed(3)} s that passed, got ${own}`,
    'ERR_FORMAT',
  );
}

/**
 * Runs a solver once with the probe sampling its curve.
 *
 * @param contest - solver, instance, limits
 * @param tolerance - what the run has to ask for; default the target
 * @returns times, curve, solution
 * @throws whatever the solver throws
 */
export async function measureRun(contest: Contest, tolerance?: number): Promise<MeasuredRun> {
  const { clock, problem, solver, target, budget, trivial } = contest;
  const count = (): number => solver.counts()[problem.count] ?? Number.NaN;
  const probe = new SamplingProbe({
    clock,
    metric: problem.metric,
    target,
    ...(tolerance === undefined ? {} : { tolerance }),
    budget,
    start: trivial[problem.metric],
    count,
    evaluate: () => evaluate(contest),
  });
  const began = clock();
  probe.start();
  const running = solver.run(probe);
  if (running !== undefined) await running;
  const timed = probe.stop();
  const ended = clock();
  const seconds = secondsOf(contest, solver.ownSeconds === undefined ? timed : toSeconds(ended - began));
  const final = evaluate(contest);
  const iterations = Math.max(1, probe.iterations);
  const sampled = probe.rows.filter((row) => row.iteration < iterations);
  const evaluateSeconds = probe.evaluateSeconds + toSeconds(clock() - ended);
  return {
    seconds,
    evaluateSeconds,
    rows: [
      { iteration: 0, count: 0, seconds: 0, metrics: trivial },
      ...sampled,
      { iteration: iterations, count: count(), seconds, metrics: final },
    ],
    ending: probe.ending,
    seen: probe.rows.at(-1)?.metrics,
    iterations,
    tolerance: probe.tolerance,
    counts: { ...solver.counts() },
    final,
    reached: target !== null && final[problem.metric] <= target && seconds <= budget.maxSeconds,
    digest: await digestTree(solver.solution()),
    bytes: treeToBytes(solver.solution()),
  };
}

/**
 * Runs a solver again without sampling, as often as asked for, and checks every solution against the first.
 *
 * @param contest - solver, instance, limits
 * @param first - the sampled run that is repeated
 * @param repetition - how often, how long and by which turns
 * @returns seconds of each run
 * @throws InvalidInputError `ERR_STATE` when a solver that promises the same bits gives others, or when another
 * solution misses the target that the first one reached
 */
export async function repeatRun(
  contest: Contest,
  first: MeasuredRun,
  { runs, seconds, takeTurn }: Repetition,
): Promise<number[]> {
  const { clock, problem, solver, target } = contest;
  const samples: number[] = [];
  let total = 0;
  let turnEnds = 0;
  for (let run = 1; run <= runs || (total < seconds && run <= MOST_RUNS); run++) {
    if (takeTurn !== undefined && total >= turnEnds) {
      await takeTurn(total);
      turnEnds = total + TURN_SECONDS;
    }
    const probe = new CountingProbe(first.tolerance, first.ending === undefined ? Infinity : first.iterations);
    const from = clock();
    const running = solver.run(probe);
    if (running !== undefined) await running;
    const observed = toSeconds(clock() - from);
    samples.push(secondsOf(contest, observed));
    total += observed;
    const digest = await digestTree(solver.solution());
    if (digest === first.digest) continue;
    const mismatch = (expected: string, actual: string): InvalidInputError =>
      new InvalidInputError(
        `solver ${solver.name}, warm run ${run}: expected ${expected}, got ${actual}`,
        'ERR_STATE',
        { run, expected, actual },
      );
    if (solver.determinism !== 'none') {
      throw mismatch(`the solution of the first run (${solver.determinism}), SHA-256 ${first.digest}`, digest);
    }
    const value = evaluate(contest)[problem.metric];
    if (first.reached && !(value <= (target as number)))
      throw mismatch(`${problem.metric} <= ${target}`, String(value));
    problem.verify(contest.instance, solver.solution());
  }
  return samples;
}
