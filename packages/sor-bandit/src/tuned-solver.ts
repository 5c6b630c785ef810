import { InvalidInputError, requireOneOf, resolveOptions } from '@lemmata/core';
import type { MatrixLike } from '@lemmata/linalg';
import type { RelaxationOptions, RelaxationResult } from './relaxation-options.js';
import { sor } from './sor.js';
import { ssor } from './ssor.js';
import { ssorCg } from './ssor-cg.js';
import { type AnyTuner, restoreTuner, type TunerSnapshot } from './tuners/restore-tuner.js';
import { TsallisInf } from './tuners/tsallis-inf.js';

/** The solvers that can be tuned, by name. */
const METHODS: Readonly<Record<TunedMethod, typeof sor>> = Object.freeze({ sor, ssor, 'ssor-cg': ssorCg });

/** Name of a solver. */
export type TunedMethod = 'sor' | 'ssor' | 'ssor-cg';

/** What {@link TunedSolver} accepts. */
export interface TunedSolverOptions {
  /** The solver; default `'ssor-cg'`. */
  readonly method?: TunedMethod;
  /** What chooses omega, with a grid inside (0, 2); default a `TsallisInf`. */
  readonly tuner?: AnyTuner;
}

/** The options of one solve: those of the solver but for omega, and the context. */
export interface TunedSolveOptions extends Omit<RelaxationOptions, 'omega'> {
  /** A number that describes this system; for tuners with contexts, which need it. */
  readonly context?: number;
}

/** A solution with the factor that was chosen and what was learnt from it. */
export interface TunedResult extends RelaxationResult {
  /** Iterations after the first, >= 0; three times the worst so far where the solver failed; null when nothing was learnt. */
  readonly cost: number | null;
}

/** What all solves of a {@link TunedSolver} together have cost. */
export interface TunedSolverCounts {
  /** Systems solved, an integer >= 0. */
  readonly solves: number;
  /** Iterations of all solves, an integer >= 0. */
  readonly iterations: number;
}

/** The state of a {@link TunedSolver} as plain data. */
export interface TunedSolverSnapshot {
  /** Always `'lemmata/tuned-solver'`. */
  readonly format: 'lemmata/tuned-solver';
  /** Version of the form, 1. */
  readonly version: 1;
  /** The solver. */
  readonly method: TunedMethod;
  /** Largest number of iterations so far, an integer >= 0. */
  readonly worst: number;
  /** Solves so far, an integer >= 0. */
  readonly solves: number;
  /** Iterations of all solves, an integer >= 0. */
  readonly iterations: number;
  /** The state of the tuner. */
  readonly tuner: TunerSnapshot;
}

/** Defaults of {@link TunedSolverOptions}. */
const TUNED_SOLVER_DEFAULTS = Object.freeze({
  method: 'ssor-cg' as TunedMethod,
  tuner: undefined as AnyTuner | undefined,
});

/**
 * Solves one linear system after another and learns from the iterations of each which relaxation factor to use next.
 *
 * Each solve asks the tuner for omega, runs the solver and tells it the number of iterations after the first. A solver
 * that fails (any status but `converged`, `stopped`, `aborted`, `time-limit`) costs three times the worst so far; one
 * that was ended from outside teaches nothing.
 *
 * Complexity: that of the solver plus a question and a cost of the tuner.
 *
 * @example
 * ```ts
 * import { heatProblem, heatStep, SmoothThompson, TunedSolver } from '@lemmata/sor-bandit';
 *
 * const problem = heatProblem({ intervals: 20 });
 * const solver = new TunedSolver({ tuner: new SmoothThompson({ context: { min: 0, max: 10 } }) });
 * let u = problem.initial;
 * for (let step = 0; step < 100; step++) {
 *   const { matrix, rightHandSide, diffusivity } = heatStep(problem, u, step);
 *   u = solver.solve(matrix, rightHandSide, { initial: u, context: diffusivity }).x;
 * }
 * console.log(solver.counts, solver.tuner.best(5));
 * ```
 * @see M. Khodak, E. Chow, M.-F. Balcan, A. Talwalkar, "Learning to Relax", ICLR 2024
 */
export class TunedSolver {
  /** The solver. */
  readonly method: TunedMethod;
  /** What chooses omega. */
  readonly tuner: AnyTuner;
  #worst = 0;
  #solves = 0;
  #iterations = 0;

  /**
   * @param options - solver and tuner
   * @throws InvalidInputError for options out of range or unknown, and a grid that leaves (0, 2)
   */
  constructor(options?: TunedSolverOptions) {
    const settings = resolveOptions('TunedSolver', options, TUNED_SOLVER_DEFAULTS);
    this.method = requireOneOf('options.method', settings.method, ['sor', 'ssor', 'ssor-cg']);
    this.tuner = settings.tuner ?? new TsallisInf();
    const outside = this.tuner.parameters.find((omega) => !(omega > 0 && omega < 2));
    if (outside !== undefined) {
      throw new InvalidInputError(`options.tuner: expected parameters in (0, 2), got ${outside}`, 'ERR_INCOMPATIBLE', {
        argument: 'options.tuner',
        expected: '(0, 2)',
        actual: outside,
      });
    }
  }

  /** What all solves together have cost. */
  get counts(): TunedSolverCounts {
    return { solves: this.#solves, iterations: this.#iterations };
  }

  /**
   * Solves one system of the sequence.
   *
   * @param A - the matrix, shape (n, n), as the solver needs it
   * @param b - right-hand side, length n, finite
   * @param options - those of the solver without omega, and `context` for tuners with contexts
   * @returns the solver's result, with `omega` as chosen and the cost that was learnt
   * @throws what the solver and the tuner throw; nothing is learnt then
   */
  solve(A: MatrixLike, b: ArrayLike<number>, options: TunedSolveOptions = {}): TunedResult {
    const { context, ...rest } = options;
    const { id, parameter } = this.tuner.ask(context);
    let result: RelaxationResult;
    try {
      result = METHODS[this.method](A, b, { ...rest, omega: parameter });
    } catch (error) {
      this.tuner.withdraw(id);
      throw error;
    }
    const { status, iterations } = result;
    this.#solves++;
    this.#iterations += iterations;
    if (status === 'stopped' || status === 'aborted' || status === 'time-limit') {
      this.tuner.withdraw(id);
      return { ...result, cost: null };
    }
    this.#worst = Math.max(this.#worst, iterations);
    const cost = status === 'converged' ? Math.max(iterations - 1, 0) : 3 * this.#worst;
    this.tuner.tell(id, cost);
    return { ...result, cost };
  }

  /** The whole state, that of the tuner included, as plain JSON-safe data. */
  snapshot(): TunedSolverSnapshot {
    return {
      format: 'lemmata/tuned-solver',
      version: 1,
      method: this.method,
      worst: this.#worst,
      solves: this.#solves,
      iterations: this.#iterations,
      tuner: this.tuner.snapshot(),
    };
  }

  /**
   * A solver that goes on, bit for bit, where the snapshot was taken.
   *
   * @param snapshot - what {@link TunedSolver.snapshot} gave, also after JSON
   * @throws InvalidInputError `ERR_FORMAT` when it is no such snapshot
   */
  static restore(snapshot: TunedSolverSnapshot): TunedSolver {
    if (snapshot?.format !== 'lemmata/tuned-solver' || snapshot.version !== 1) {
      throw new InvalidInputError(
        'snapshot: expected lemmata/tuned-solver, version 1, got something else',
        'ERR_FORMAT',
        { argument: 'snapshot', expected: 'lemmata/tuned-solver version 1' },
      );
    }
    const solver = new TunedSolver({ method: snapshot.method, tuner: restoreTuner(snapshot.tuner) });
    solver.#worst = snapshot.worst;
    solver.#solves = snapshot.solves;
    solver.#iterations = snapshot.iterations;
    return solver;
  }
}
