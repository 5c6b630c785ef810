import { type Contest, type MeasuredRun, measureRun } from './measure.js';
import type { Row } from './probe.js';

/** Ratio of the tolerances of neighbouring rungs. */
const STEP = 2;

/** Most rungs below the target, so that a solver that cannot get there ends: 2^-60 of the target. */
const MOST_TIGHTENINGS = 60;

/** Most rungs above the target. */
const MOST_LOOSENINGS = 20;

/** Rungs with the same solution in a row after which tightening is given up. */
const MOST_REPEATS = 6;

/**
 * Tightenings without another solution after which a watched solver is left alone, a factor of 16384: one that keeps its
 * best iterate may give the same for many steps.
 */
const MOST_IDLE_TIGHTENINGS = 14;

/** A ladder stops when its runs took this many times the seconds of the budget. */
const BUDGETS = 4;

/** What a ladder found. */
export interface Ladder {
  /** The run at the loosest tolerance that passed, or the tightest run when none did. */
  readonly best: MeasuredRun;
  /** The curve: row 0 the trivial solution, then one row a rung from loose to tight, numbered from 1. */
  readonly rows: readonly Row[];
  /** Seconds spent in evaluations on all rungs. */
  readonly evaluateSeconds: number;
}

/**
 * Finds the loosest tolerance at which a solver that cannot be watched reaches the target by our evaluation.
 *
 * It begins at the target itself. When that fails it is halved until a run passes; when it passes it is doubled until a
 * run fails, so that a solver whose own rule is stricter than asked gets its better time. The choice among rungs never
 * looks at seconds.
 *
 * @param contest - solver, instance, limits; its target is not null
 * @returns the run that counts and the curve of all rungs
 */
export async function climbLadder(contest: Contest): Promise<Ladder> {
  const target = contest.target as number;
  const rungs: MeasuredRun[] = [];
  let spent = 0;
  const tryRung = async (tolerance: number): Promise<MeasuredRun> => {
    const run = await measureRun(contest, tolerance);
    rungs.push(run);
    spent += run.seconds;
    return run;
  };
  const mayGoOn = (): boolean => spent < BUDGETS * contest.budget.maxSeconds;

  let best = await tryRung(target);
  if (best.reached) {
    for (let step = 1, tolerance = target * STEP; step <= MOST_LOOSENINGS && mayGoOn(); step++, tolerance *= STEP) {
      const run = await tryRung(tolerance);
      if (!run.reached) break;
      best = run;
    }
  } else {
    let repeats = 0;
    let tolerance = target / STEP;
    for (let step = 1; step <= MOST_TIGHTENINGS && !best.reached && mayGoOn(); step++, tolerance /= STEP) {
      const run = await tryRung(tolerance);
      repeats = run.digest === best.digest ? repeats + 1 : 0;
      best = run;
      if (repeats >= MOST_REPEATS || run.seconds > contest.budget.maxSeconds) break;
    }
  }

  const ordered = [...rungs].sort((a, b) => (b.tolerance as number) - (a.tolerance as number));
  const rows = ordered.map((run, i) => ({
    ...run.rows[run.rows.length - 1],
    iteration: i + 1,
    tolerance: run.tolerance as number,
  }));
  const start: Row = { ...best.rows[0], tolerance: Infinity };
  return { best, rows: [start, ...rows], evaluateSeconds: rungs.reduce((sum, run) => sum + run.evaluateSeconds, 0) };
}

/**
 * Runs a solver that can be watched and that stops by a rule of its own: when it stops before our evaluation meets the
 * target, it is asked for half of the tolerance, again and again, as a peer is.
 *
 * @param contest - solver, instance, limits
 * @returns the first run that reaches the target, that the probe ended, or that no tightening changes
 */
export async function tightenUntilReached(contest: Contest): Promise<MeasuredRun> {
  let run = await measureRun(contest);
  if (contest.target === null) return run;
  let repeats = 0;
  let tolerance = contest.target / STEP;
  for (let step = 1; step <= MOST_TIGHTENINGS && !run.reached && run.ending === undefined; step++, tolerance /= STEP) {
    const tighter = await measureRun(contest, tolerance);
    repeats = tighter.digest === run.digest ? repeats + 1 : 0;
    run = tighter;
    if (repeats >= MOST_IDLE_TIGHTENINGS || run.seconds > contest.budget.maxSeconds) break;
  }
  return run;
}
