import { GapRecord, QUIET } from '../certificates/gap-record.js';
import { SliceMeter } from '../slices.js';
import type { GroupProblem } from './group-problem.js';

/** Columns are multiplied with all outputs while they are in the cache: so many entries at a time. */
const CHUNK = 32768;

/**
 * Evaluates the duality gap of the full problem, from a residual recomputed from the coefficients, keeps the best
 * coefficients and the best dual point seen, and rules out groups.
 *
 * With R = -grad f, C = X'R and |C_g| the dual norm of a group, s R is feasible where s |C_g| <= t_g for all g; its dual
 * value is that of the loss, and with a ridge any s is feasible at the price of the conjugate of the penalty.
 *
 * Products are recomputed only where they may matter. If |C_g| was computed at R_k, then at a later residual it is at most
 * that plus |X_g| |R - R_k|, and |R - R_k| is at most the length of the way that R went. That bound takes the place of the
 * product where it is small, so the dual point is feasible for all groups at any time.
 */
export class GroupMonitor extends GapRecord {
  /** The intercepts that go with the best coefficients, in terms of centred columns. */
  readonly bestCentres: Float64Array;
  /** One byte a group: 1 where its coefficients are known to be 0 at this weight of the penalty. */
  readonly screened: Uint8Array;
  /** One byte a group: 1 where its products were computed at the last evaluation. */
  readonly computed: Uint8Array;
  readonly #problem: GroupProblem;
  readonly #zeroCentres: Float64Array;
  /** |C_g| when it was computed, less |X_g| times the way up to then. */
  readonly #heard: Float64Array;

  /** @param problem - the problem, its matrix loaded or not */
  constructor(problem: GroupProblem) {
    const { loss } = problem;
    super(loss, loss.residual.length);
    this.#problem = problem;
    this.#zeroCentres = loss.centres.slice();
    this.bestCentres = loss.centres.slice();
    const { count } = problem.penalty.groups;
    this.screened = new Uint8Array(count);
    this.computed = new Uint8Array(count);
    this.#heard = new Float64Array(count).fill(Infinity);
  }

  override restart(): void {
    super.restart();
    this.bestCentres.set(this.#zeroCentres);
    this.screened.fill(0);
  }

  /** Recomputes residual, products, primal and dual value at the current coefficients. */
  *evaluate(): Generator<'slice', void, void> {
    const { loss } = this.#problem;
    yield* loss.refresh(this.#problem);
    this.advance(loss.residual, loss.residualBound);
    const quietest = this.#select();
    yield* this.#multiply();
    this.#problem.counts.gapEvaluations++;
    this.#compare(quietest);
    this.#keep();
  }

  /**
   * Rules out groups whose coefficients are 0 in every solution: the dual solution lies within sqrt(2 G nu) of the dual
   * point, G being its gap and nu the smoothness of the loss, so that |s C_g| + |X_g| sqrt(2 G nu) < t_g makes the
   * constraint of g slack there. To be called right after an evaluation.
   *
   * @returns whether coefficients that were not 0 were set to 0, so that the residual is no longer theirs
   * @see E. Ndiaye, O. Fercoq, A. Gramfort, J. Salmon, "Gap Safe Screening Rules for Sparsity Enforcing Penalties",
   * JMLR 18(128), 2017
   */
  screen(): boolean {
    const { penalty, loss, products: C, coefficients: W, counts, norms } = this.#problem;
    const { count, starts, members } = penalty.groups;
    const k = penalty.outputs;
    // Both margins keep a group that rounding alone would rule out: see `screenGapSafe`.
    const rounding = 16 * Number.EPSILON * (loss.residual.length + W.length + 64);
    const gap = Math.max(0, this.bestPrimal - this.dual) + rounding * loss.zeroValue;
    const radius = Math.sqrt(2 * gap * loss.smoothness);
    let moved = false;
    for (let g = 0; g < count; g++) {
      if (this.screened[g] === 1) continue;
      const size = this.computed[g] === 1 ? penalty.reach(g, C, W, 0) : this.#heard[g] + norms[g] * this.way;
      const reach = this.scale * size + radius * norms[g];
      if (!(reach < penalty.level(g) * (1 - rounding)) && norms[g] > 0) continue;
      this.screened[g] = 1;
      counts.screened++;
      for (let s = starts[g]; s < starts[g + 1]; s++) {
        for (let e = members[s] * k; e < (members[s] + 1) * k; e++) {
          if (W[e] !== 0) moved = true;
          W[e] = 0;
        }
      }
    }
    return moved;
  }

  /** Chooses the groups whose products may matter; returns the largest bound of the others over their weight. */
  #select(): number {
    const { penalty, norms, workingSet, active } = this.#problem;
    for (let a = 0; a < active; a++) this.#heard[workingSet[a]] = Infinity;
    let quietest = 0;
    for (let g = 0; g < norms.length; g++) {
      const bound = this.#heard[g] + norms[g] * this.way;
      // Not "bound > level": a group beyond range, whose bound is NaN, is not quiet.
      const quiet = norms[g] === 0 || bound <= QUIET * penalty.level(g);
      this.computed[g] = quiet ? 0 : 1;
      if (quiet && norms[g] > 0) quietest = Math.max(quietest, bound / penalty.weights[g]);
    }
    return quietest;
  }

  /** Products of all columns of the chosen groups. */
  *#multiply(): Generator<'slice', void, void> {
    const { design, penalty, loss, products: C, counts, scales } = this.#problem;
    const { residual: r, residualSum, reach, selection } = design.work;
    const { count, starts, members } = penalty.groups;
    const k = penalty.outputs;
    let length = 0;
    for (let g = 0; g < count; g++) {
      if (this.computed[g] === 1) for (let s = starts[g]; s < starts[g + 1]; s++) selection[length++] = members[s];
    }
    const all = length === design.cols;
    selection.subarray(0, length).sort();
    counts.columnTouches += k * length;
    counts.fullProducts += (k * length) / design.cols;
    const meter = new SliceMeter();
    residualSum[0] = 0;
    if (k === 1) r.set(loss.residual);
    for (let from = 0; from < length; ) {
      let to = from;
      let cost = 0;
      while (to < length && cost < CHUNK) cost += design.cost(selection[to++]);
      for (let c = 0; c < k; c++) {
        if (k > 1) r.set(loss.residual.subarray(c * r.length, (c + 1) * r.length));
        if (all) design.products(r, reach, from, to);
        else design.selectedProducts(selection, r, reach, from, to);
        for (let s = from; s < to; s++) {
          const j = selection[s];
          C[j * k + c] = scales === undefined ? reach[j] : scales[j] * reach[j];
        }
      }
      from = to;
      if (meter.full(k * cost) && from < length) yield 'slice';
    }
  }

  /** Primal and dual value from the products: of two scales the better one. */
  #compare(quietest: number): void {
    const { design, penalty, loss, products: C, coefficients: W, norms } = this.#problem;
    const { threshold, ridge } = penalty;
    const { count } = penalty.groups;
    // A product of a group without penalty is 0 as far as rounding can tell.
    const rounding = 16 * Number.EPSILON * (design.rows + 64) * loss.residualBound;
    let barred = false;
    let price = 0;
    let largest = quietest;
    let ratio = quietest;
    for (let g = 0; g < count; g++) {
      if (this.computed[g] === 0) continue;
      price += penalty.value(g, W);
      const size = penalty.isFree(g) ? 0 : penalty.reach(g, C, W, 0);
      this.#heard[g] = size - norms[g] * this.way;
      if (penalty.isFree(g)) {
        if (!(euclideanReach(this.#problem, g) <= norms[g] * rounding)) barred = true;
        continue;
      }
      const reach = size / penalty.weights[g];
      // Not "reach > largest": NaN is the largest.
      if (!(reach <= largest)) largest = reach;
      if (ridge > 0) {
        const pull = penalty.reach(g, C, W, ridge) / penalty.weights[g];
        if (!(pull <= ratio)) ratio = pull;
      }
    }
    this.largest = largest;
    this.primal = loss.value + price;
    const best = Math.max(0, loss.bestScale);
    const cap = (size: number) => (barred ? 0 : size > 0 ? threshold / size : Infinity);
    const scales = ridge === 0 ? [Math.min(best, cap(largest))] : [Math.min(1, best), Math.min(best, cap(ratio))];
    this.dual = -Infinity;
    for (const scale of scales) {
      let value = loss.dual(scale);
      if (ridge > 0) {
        for (let g = 0; g < count; g++) if (this.computed[g] === 1) value -= penalty.conjugate(g, C, scale);
      }
      if (value > this.dual) {
        this.dual = value;
        this.scale = scale;
      }
    }
  }

  /** Keeps the coefficients and the dual point if they are the best. */
  #keep(): void {
    const { loss, coefficients: W } = this.#problem;
    if (this.takePrimal(loss.value)) {
      this.bestCentres.set(loss.centres);
      const entries = supportEntries(this.#problem);
      this.best.take(W, entries, entries.length);
    }
    this.takeDual(loss.residual);
  }
}

/** The Euclidean norm of the products of a group of one output. */
function euclideanReach({ penalty, products: C }: GroupProblem, g: number): number {
  const { starts, members } = penalty.groups;
  let square = 0;
  for (let s = starts[g]; s < starts[g + 1]; s++) square += C[members[s]] * C[members[s]];
  return Math.sqrt(square);
}

/** Entries of the groups of the working set, rising. */
function supportEntries({ penalty, workingSet, active }: GroupProblem): Int32Array {
  const { starts, members } = penalty.groups;
  const k = penalty.outputs;
  let length = 0;
  for (let a = 0; a < active; a++) length += starts[workingSet[a] + 1] - starts[workingSet[a]];
  const columns = new Int32Array(length);
  let next = 0;
  for (let a = 0; a < active; a++) {
    for (let s = starts[workingSet[a]]; s < starts[workingSet[a] + 1]; s++) columns[next++] = members[s];
  }
  columns.sort();
  const entries = new Int32Array(length * k);
  for (let s = 0; s < length; s++) for (let c = 0; c < k; c++) entries[s * k + c] = columns[s] * k + c;
  return entries;
}
