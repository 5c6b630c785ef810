import type { LassoProblem } from '../problem/lasso-problem.js';
import type { SliceMeter } from '../slices.js';
import type { ProductTable } from './product-table.js';
import type { SupportFactor } from './support-factor.js';

/** What a step does to each column of a support. */
export interface SupportStep {
  /** The columns. */
  readonly columns: Int32Array;
  /** Coefficients after it. */
  readonly values: Float64Array;
  /** What that changes. */
  readonly changes: Float64Array;
  /** Whether it changes no sign and meets no bound. */
  readonly whole: boolean;
}

/**
 * A step of two-metric projection on the support S of the coefficients, all of whose signs are taken to be right: the
 * minimiser of the restricted problem over these signs solves (X_S'X_S + mu) d = X_S'r - t sign(w_S) - mu w_S.
 *
 * The whole step is taken where it changes no sign. Where it does, coefficients that would change theirs become 0 (and
 * those that would leave their bounds stay at them) if that lowers the objective, which the factor tells exactly; else the
 * step ends where the first of them gets there. Either way the objective falls.
 *
 * @param problem - the problem; products of the support with the residual are in `innerProducts`
 * @param table - holds the products of the support
 * @param factor - its factor, of whatever set
 * @param support - columns whose coefficient is not 0 and off its bounds
 * @param meter - counts the work between slices
 * @returns the step, or undefined where the columns are dependent, or rounding leaves no direction
 */
export function* supportStep(
  problem: LassoProblem,
  table: ProductTable,
  factor: SupportFactor,
  support: Int32Array,
  meter: SliceMeter,
): Generator<'slice', SupportStep | undefined, void> {
  const { penalty, counts } = problem;
  const { coefficients: w, innerProducts: c } = problem.design.work;
  if (!(yield* factor.take(support, meter))) return undefined;
  const columns = Int32Array.from(factor.members);
  const n = columns.length;
  const pull = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const j = columns[i];
    const ridge = penalty.plain ? 0 : penalty.ridge * penalty.vectors.l2[j];
    pull[i] = c[j] - penalty.level(j) * Math.sign(w[j]) - ridge * w[j];
  }
  const direction = table.memory.arena.views.step;
  direction.set(pull);
  factor.solve(direction);
  counts.newtonSteps++;
  if (meter.full(2 * n * n)) yield 'slice';
  return project(problem, columns, direction, pull, factor);
}

/** The part of a direction that is taken. */
function project(
  { penalty, design }: LassoProblem,
  columns: Int32Array,
  direction: Float64Array,
  pull: Float64Array,
  factor: SupportFactor,
): SupportStep | undefined {
  const { coefficients: w } = design.work;
  const n = columns.length;
  const values = new Float64Array(n);
  const changes = new Float64Array(n);
  let share = 1;
  let first = -1;
  for (let i = 0; i < n; i++) {
    const value = w[columns[i]];
    const whole = value + direction[i];
    if (!Number.isFinite(whole)) return undefined;
    const [lowest, highest] = reachOf(penalty, columns[i], value);
    values[i] = Math.min(Math.max(whole, lowest), highest);
    changes[i] = values[i] - value;
    if (values[i] === whole) continue;
    const until = changes[i] / direction[i];
    if (first >= 0 && until >= share) continue;
    share = until;
    first = i;
  }
  if (first < 0) return { columns, values, changes, whole: true };
  let rise = factor.square(changes) / 2;
  for (let i = 0; i < n; i++) rise -= pull[i] * changes[i];
  if (rise < 0) return { columns, values, changes, whole: false };
  for (let i = 0; i < n; i++) {
    const value = w[columns[i]];
    if (i !== first) values[i] = value + share * direction[i];
    changes[i] = values[i] - value;
  }
  return { columns, values, changes, whole: false };
}

/** Between which values a coefficient may move without a change of its sign or leaving its bounds. */
function reachOf(penalty: LassoProblem['penalty'], j: number, value: number): readonly [number, number] {
  const signed = penalty.level(j) > 0;
  const [lower, upper] = penalty.uniform ? [-Infinity, Infinity] : [penalty.vectors.lower[j], penalty.vectors.upper[j]];
  return [signed && value > 0 ? Math.max(0, lower) : lower, signed && value < 0 ? Math.min(0, upper) : upper];
}
