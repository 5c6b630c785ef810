import { centreUniform } from '../problem/centre-uniform.js';
import type { Design } from '../problem/design.js';
import { centreTarget } from '../problem/lasso-problem.js';
import { FreeColumns } from './free-columns.js';
import { addOutput, type GroupProblem, type OutputsLoss } from './group-problem.js';

/** The loss 1/2 |Y - X W|^2 of k outputs, with R = Y - X W; groups without penalty, of one output, are solved for. */
export class SquaredLoss implements OutputsLoss {
  readonly zeroValue: number;
  readonly smoothness = 1;
  readonly residualBound: number;
  readonly residual: Float64Array;
  readonly centres: Float64Array;
  /** Y, centred with an intercept and multiplied by the roots of sample weights, m x k in column layout. */
  readonly target: Float64Array;
  value = 0;
  bestScale = 0;
  /** |R|^2. */
  square = 0;
  /** R . Y. */
  inner = 0;
  readonly #outputs: number;
  readonly #free = new FreeColumns();

  /**
   * @param design - the design
   * @param target - Y as given, m x k in column layout; overwritten
   * @param outputs - k
   */
  constructor(design: Design, target: Float64Array, outputs: number) {
    this.target = target;
    this.#outputs = outputs;
    this.residual = new Float64Array(target.length);
    this.centres = new Float64Array(outputs);
    const { rows } = design;
    for (let c = 0; c < outputs; c++) {
      this.centres[c] = centreTarget(target.subarray(c * rows, (c + 1) * rows), design);
    }
    let square = 0;
    for (const value of target) square += value * value;
    this.zeroValue = square / 2;
    this.residualBound = Math.sqrt(square);
  }

  *refresh(problem: GroupProblem): Generator<'slice', void, void> {
    const { design } = problem;
    const { residual: r, residualSum } = design.work;
    const { target, residual } = this;
    const k = this.#outputs;
    const free = problem.penalty.freeColumns.length > 0;
    if (free) yield* this.#free.prepare(problem);
    for (let c = 0; c < k; c++) {
      r.set(target.subarray(c * r.length, (c + 1) * r.length));
      residualSum[0] = 0;
      yield* addOutput(problem, c, -1);
      centreUniform(r, residualSum, design.roots, design.intercept);
      if (free) this.#free.solve(problem);
      residual.set(r, c * r.length);
    }
    let square = 0;
    let inner = 0;
    for (let e = 0; e < residual.length; e++) {
      square += residual[e] * residual[e];
      inner += residual[e] * target[e];
    }
    this.square = square;
    this.inner = inner;
    this.value = square / 2;
    this.bestScale = square === 0 ? 0 : inner / square;
  }

  dual(scale: number): number {
    return scale * this.inner - (scale * scale * this.square) / 2;
  }
}
