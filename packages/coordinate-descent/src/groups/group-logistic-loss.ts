import type { Design } from '../problem/design.js';
import { FreeNewton } from '../problem/free-newton.js';
import { LogisticLoss } from '../problem/logistic-loss.js';
import { addOutput, type GroupProblem, type OutputsLoss } from './group-problem.js';

/** The logistic loss of two classes as the engine of groups sees it; groups without penalty are solved for. */
export class GroupLogisticLoss implements OutputsLoss {
  readonly zeroValue: number;
  readonly smoothness: number;
  readonly residualBound: number;
  readonly bestScale = 1;
  readonly residual: Float64Array;
  readonly centres: Float64Array = new Float64Array(1);
  /** The loss along lines, its curvature and its intercept. */
  readonly along: LogisticLoss;
  readonly #free: FreeNewton;

  /**
   * @param design - the design
   * @param labels - 1 or -1, length m
   * @param weights - sample weights of mean 1, length m
   * @param offset - offsets, length m
   */
  constructor(design: Design, labels: Float64Array, weights: Float64Array, offset: Float64Array) {
    this.along = new LogisticLoss(design, { uniform: true }, labels, weights, offset);
    this.#free = new FreeNewton(this.along, design.cols);
    this.zeroValue = this.along.zeroValue;
    this.smoothness = this.along.smoothness;
    this.residualBound = this.along.residualBound;
    this.residual = this.along.residual;
    this.centres[0] = this.along.centre;
  }

  get value(): number {
    return this.along.value;
  }

  *refresh(problem: GroupProblem): Generator<'slice', void, void> {
    const { design, counts, coefficients, penalty, scales } = problem;
    const { residual: r, residualSum } = design.work;
    const { along } = this;
    r.fill(0);
    residualSum[0] = 0;
    yield* addOutput(problem, 0, 1);
    const shift = design.intercept ? residualSum[0] / design.rows : 0;
    for (let i = 0; i < r.length; i++) along.linear[i] = r[i] - shift + along.offset[i];
    along.settle();
    const free = penalty.freeColumns;
    if (free.length > 0) yield* this.#free.solve({ design, counts, free, coefficients, scales });
    residualSum[0] = 0;
    this.centres[0] = along.centre;
  }

  dual(scale: number): number {
    return this.along.dual(scale);
  }
}
