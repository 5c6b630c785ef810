import { SliceMeter } from '../slices.js';
import { centreUniform } from './centre-uniform.js';
import type { Design } from './design.js';
import { ExactColumns } from './exact-columns.js';
import type { LassoProblem } from './lasso-problem.js';
import type { Loss } from './loss.js';
import type { Penalty } from './penalty.js';

/** The loss 1/2 |y - X w|^2, with r = y - X w. */
export class LeastSquares implements Loss {
  readonly zeroValue: number;
  readonly zeroCentre: number;
  readonly smoothness = 1;
  readonly startsAtTarget = true;
  readonly residualBound: number;
  readonly centre: number;
  readonly origin = 0;
  value = 0;
  bestScale = 0;
  readonly #exact: ExactColumns;
  #square = 0;
  #inner = 0;

  /**
   * @param design - the design, the target in its place
   * @param penalty - the penalty
   * @param offset - what was taken away from the target: its mean
   */
  constructor(design: Design, penalty: Penalty, offset: number) {
    const { target } = design.work;
    this.zeroValue = design.kernels.dot(target, target) / 2;
    this.residualBound = Math.sqrt(2 * this.zeroValue);
    this.zeroCentre = offset;
    this.centre = offset;
    this.#exact = new ExactColumns(penalty.uniform ? 0 : design.cols);
  }

  get solved(): Uint8Array {
    return this.#exact.solved;
  }

  *refresh(problem: LassoProblem): Generator<'slice', void, void> {
    const { design, counts, active } = problem;
    const { target, residual: r, residualSum, coefficients: w, workingSet } = design.work;
    yield* this.#exact.prepare(problem);
    const meter = new SliceMeter();
    r.set(target);
    for (let k = 0; k < active; k++) {
      const j = workingSet[k];
      if (w[j] === 0) continue;
      design.addColumn(j, -w[j]);
      counts.columnTouches++;
      if (meter.full(design.cost(j))) yield 'slice';
    }
    centreUniform(r, residualSum, design.roots, design.intercept);
    if (this.#exact.solve(problem)) centreUniform(r, residualSum, design.roots, design.intercept);
    this.#square = design.kernels.dot(r, r);
    this.#inner = design.kernels.dot(r, target);
    this.value = this.#square / 2;
    this.bestScale = this.#square === 0 ? 0 : this.#inner / this.#square;
  }

  move(problem: LassoProblem, j: number, step: number): void {
    problem.design.addColumn(j, -step);
  }

  dual(scale: number): number {
    return scale * this.#inner - (scale * scale * this.#square) / 2;
  }
}
