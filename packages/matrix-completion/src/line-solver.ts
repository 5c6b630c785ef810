import { Budget, type Sliced } from './budget.js';
import { addNormalEquations, addProduct, addResidual, gatherScaled } from './kernels/line-loops.js';
import { type NormalEquations, normalEquations, PANEL } from './kernels/panel.js';
import { factorRows, solveFactored } from './kernels/triangular.js';
import type { Lines } from './problem/lines.js';
import type { ModelSettings, Side } from './problem/problem.js';

/** How the least squares problem of a line is solved. */
export type SolverChoice = 'auto' | 'cholesky' | 'cg' | 'pcg';

/** Costs of a run in machine-independent units. */
export interface CompletionCounts {
  /** Reads of one pair of an observed entry and a factor row. */
  entryPasses: number;
  /** Rows and columns solved by Cholesky's method on their normal equations. */
  choleskySolves: number;
  /** Rows and columns with few entries, solved through the Gram matrix of their entries. */
  dualSolves: number;
  /** Rows and columns solved by conjugate gradients, preconditioned or not. */
  gradientSolves: number;
  /** Steps of conjugate gradients in all. */
  innerSteps: number;
  /** Exact solves whose design depended linearly on itself: some coordinates were set to 0. */
  deficientSolves: number;
}

/** How accurately the lines of a half sweep are solved. */
export interface InnerRule {
  /** No conjugate gradients at all. */
  readonly exact: boolean;
  /** Which method where it is not exact. */
  readonly solver: SolverChoice;
  /** Most steps of conjugate gradients for a line. */
  readonly steps: number;
  /** A line is done when its residual in the norm of the preconditioner is at most this share of its right-hand side's. */
  readonly eta: number;
}

/** Largest width that `auto` solves exactly where accuracy is wanted, whatever the entries; without SIMD. */
const EXACT_WIDTH = 32;
/** Largest width that `auto` solves exactly where a few steps would do; without SIMD. */
const CHEAP_WIDTH = 12;

/** Solves rows (or columns) against the fixed other side, with buffers of its own. */
export class LineSolver {
  readonly counts: CompletionCounts = {
    entryPasses: 0,
    choleskySolves: 0,
    dualSolves: 0,
    gradientSolves: 0,
    innerSteps: 0,
    deficientSolves: 0,
  };
  /** The solution of the last line: factor row, then the bias if there is one. */
  readonly x: Float64Array;
  readonly #model: ModelSettings;
  readonly #n: number;
  readonly #budget: Budget = new Budget();
  readonly #h: Float64Array;
  readonly #inverse: Float64Array;
  readonly #equations: NormalEquations;
  readonly #v: Float64Array;
  readonly #c: Float64Array;
  readonly #r: Float64Array;
  readonly #p: Float64Array;
  readonly #q: Float64Array;
  readonly #z: Float64Array;
  readonly #gathered: Float64Array;
  readonly #shared: Float64Array;
  readonly #sharedInverse: Float64Array;
  #preconditioned = false;

  constructor(model: ModelSettings) {
    const n = model.rank + (model.biases === 'model' ? 1 : 0);
    this.#model = model;
    this.#n = n;
    this.#equations = normalEquations(n);
    this.x = this.#equations.c;
    this.#h = this.#equations.h;
    this.#inverse = new Float64Array(n);
    this.#v = new Float64Array(n);
    this.#c = new Float64Array(n);
    this.#r = new Float64Array(n);
    this.#p = new Float64Array(n);
    this.#q = new Float64Array(n);
    this.#z = new Float64Array(n);
    this.#gathered = new Float64Array(n * n);
    this.#shared = new Float64Array(n * n);
    this.#sharedInverse = new Float64Array(n);
  }

  /** Releases the memory; `x` is no longer to be read. */
  dispose(): void {
    this.#equations.dispose();
  }

  /** Solves all lines: `target` becomes the minimiser given `source`, exactly or as the rule says. */
  *sweep(lines: Lines, lineWeight: Float64Array, target: Side, source: Side, mean: number, rule: InnerRule): Sliced {
    const { rank: k } = this.#model;
    this.#preconditioned = false;
    if (this.#wantsPreconditioner(rule)) yield* this.#precondition(lines, source);
    const { x } = this;
    for (let line = 0; line < lines.count; line++) {
      for (let a = 0; a < k; a++) x[a] = target.factor[line * k + a];
      if (this.#n > k) x[k] = target.bias[line];
      yield* this.solve(lines, line, lineWeight[line], source, mean, rule);
      for (let a = 0; a < k; a++) target.factor[line * k + a] = x[a];
      if (this.#n > k) target.bias[line] = x[k];
    }
  }

  /** Solves one line into `x`, which holds where to start. */
  *solve(lines: Lines, line: number, weight: number, source: Side, mean: number, rule: InnerRule): Sliced {
    const from = lines.indptr[line];
    const to = lines.indptr[line + 1];
    if (from === to) {
      this.x.fill(0);
      return;
    }
    const { lambda, biasLambda, ridgeScaling, biases } = this.#model;
    const scale = ridgeScaling === 'count' ? weight : 1;
    const ridge = lambda * scale;
    const biasRidge = biases === 'model' ? biasLambda * scale : ridge;
    const count = to - from;
    if (!rule.exact && this.#iterates(rule, count)) {
      yield* this.#conjugateGradient(lines, from, to, source, mean, ridge, biasRidge, rule);
    } else if (ridge === biasRidge && (ridge > 0 ? 2 * count <= this.#n : count < this.#n)) {
      yield* this.#dual(lines, from, to, source, mean, ridge);
    } else yield* this.#cholesky(lines, from, to, source, mean, ridge, biasRidge);
  }

  #iterates(rule: InnerRule, count: number): boolean {
    if (rule.solver !== 'auto') return rule.solver !== 'cholesky';
    if (rule.eta > 0) return this.#n > EXACT_WIDTH && count >= 4 * this.#n;
    return this.#n > CHEAP_WIDTH && (this.#model.lambda === 0 || 4 * count > this.#n);
  }

  #wantsPreconditioner(rule: InnerRule): boolean {
    if (rule.exact || rule.solver === 'cg' || rule.solver === 'cholesky') return false;
    return rule.solver === 'pcg' || this.#n > (rule.eta > 0 ? EXACT_WIDTH : CHEAP_WIDTH);
  }

  /** Factorises the mean of w v v' over all entries, with the mean ridge: the shape of every line's matrix on average. */
  *#precondition(lines: Lines, source: Side): Sliced {
    const { rank: k, lambda, biasLambda, ridgeScaling } = this.#model;
    const n = this.#n;
    const h = this.#shared;
    const v = this.#v;
    const degree = new Float64Array(source.bias.length);
    let total = 0;
    for (let e = 0; e < lines.places.length; e++) {
      degree[lines.places[e]] += lines.weights[e];
      total += lines.weights[e];
    }
    if (total === 0) return;
    h.fill(0);
    for (let j = 0; j < degree.length; j++) {
      for (let a = 0; a < k; a++) v[a] = source.factor[j * k + a];
      if (n > k) v[k] = 1;
      const share = degree[j] / total;
      for (let a = 0; a < n; a++) for (let b = 0; b <= a; b++) h[a * n + b] += share * v[a] * v[b];
      if (this.#budget.spend((n * n) / 2)) yield 'slice';
    }
    const meanScale = ridgeScaling === 'count' ? 1 : lines.count / total;
    for (let a = 0; a < n; a++) h[a * n + a] += (a < k ? lambda : biasLambda) * meanScale;
    yield* this.#factor(n, h, this.#sharedInverse);
    this.#preconditioned = true;
  }

  *#factor(n: number, h: Float64Array, inverse: Float64Array): Sliced<number> {
    let dependent = 0;
    for (let i = 0; i < n; i++) {
      dependent += factorRows(n, h, inverse, i, i + 1);
      if (this.#budget.spend((i * i) / 2)) yield 'slice';
    }
    return dependent;
  }

  *#cholesky(
    lines: Lines,
    from: number,
    to: number,
    source: Side,
    mean: number,
    ridge: number,
    biasRidge: number,
  ): Sliced {
    const { rank: k } = this.#model;
    const n = this.#n;
    const { x } = this;
    this.#h.fill(0);
    x.fill(0);
    for (let e = from; e < to; e += PANEL) {
      const end = Math.min(to, e + PANEL);
      addNormalEquations(k, n, lines, e, end, source, mean, this.#equations);
      if (this.#budget.spend(((end - e) * n * (n + 3)) / 2)) yield 'slice';
    }
    for (let a = 0; a < n; a++) this.#h[a * n + a] += a < k ? ridge : biasRidge;
    const dependent = yield* this.#factor(n, this.#h, this.#inverse);
    solveFactored(n, this.#h, this.#inverse, x);
    this.counts.entryPasses += to - from;
    this.counts.choleskySolves++;
    if (dependent > 0) this.counts.deficientSolves++;
  }

  /** x = B'(B B' + ridge I)^-1 t with the rows sqrt(w) v of B; with ridge 0 the solution of least norm. */
  *#dual(lines: Lines, from: number, to: number, source: Side, mean: number, ridge: number): Sliced {
    const n = this.#n;
    const count = to - from;
    const b = this.#gathered;
    const t = this.#c;
    gatherScaled(this.#model.rank, n, lines, from, to, source, mean, b, t);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j <= i; j++) {
        let product = i === j ? ridge : 0;
        for (let a = 0; a < n; a++) product += b[i * n + a] * b[j * n + a];
        this.#h[i * count + j] = product;
      }
      if (this.#budget.spend(i * n)) yield 'slice';
    }
    const dependent = yield* this.#factor(count, this.#h, this.#inverse);
    solveFactored(count, this.#h, this.#inverse, t);
    const { x } = this;
    x.fill(0);
    for (let i = 0; i < count; i++) for (let a = 0; a < n; a++) x[a] += t[i] * b[i * n + a];
    this.counts.entryPasses += count;
    this.counts.dualSolves++;
    if (dependent > 0) this.counts.deficientSolves++;
  }

  *#conjugateGradient(
    lines: Lines,
    from: number,
    to: number,
    source: Side,
    mean: number,
    ridge: number,
    biasRidge: number,
    rule: InnerRule,
  ): Sliced {
    const { rank: k } = this.#model;
    const n = this.#n;
    const { x } = this;
    const r = this.#r;
    const c = this.#c;
    const p = this.#p;
    const q = this.#q;
    const z = this.#z;
    // 'auto' leaves lines with fewer entries than unknowns unpreconditioned: the shared shape says little about them.
    const shared = this.#preconditioned && (rule.solver === 'pcg' || to - from >= n);
    r.fill(0);
    c.fill(0);
    for (let e = from; e < to; e += 4096) {
      const end = Math.min(to, e + 4096);
      addResidual(k, n, lines, e, end, source, mean, x, r, c);
      if (this.#budget.spend(3 * (end - e) * n)) yield 'slice';
    }
    for (let a = 0; a < n; a++) r[a] -= (a < k ? ridge : biasRidge) * x[a];
    this.counts.entryPasses += to - from;
    this.counts.gradientSolves++;
    const goal = rule.eta * rule.eta * this.#apply(c, z, shared);
    let energy = this.#apply(r, z, shared);
    p.set(z);
    for (let step = 0; step < rule.steps && energy > goal; step++) {
      q.fill(0);
      for (let e = from; e < to; e += 4096) {
        const end = Math.min(to, e + 4096);
        addProduct(k, n, lines, e, end, source, p, q);
        if (this.#budget.spend(2 * (end - e) * n)) yield 'slice';
      }
      let curvature = 0;
      for (let a = 0; a < n; a++) {
        q[a] += (a < k ? ridge : biasRidge) * p[a];
        curvature += p[a] * q[a];
      }
      this.counts.entryPasses += to - from;
      this.counts.innerSteps++;
      if (!(curvature > 0)) break;
      const length = energy / curvature;
      for (let a = 0; a < n; a++) {
        x[a] += length * p[a];
        r[a] -= length * q[a];
      }
      const next = this.#apply(r, z, shared);
      const turn = next / energy;
      for (let a = 0; a < n; a++) p[a] = z[a] + turn * p[a];
      energy = next;
    }
  }

  /** z = M^-1 r with the shared preconditioner or none; returns r.z. */
  #apply(r: Float64Array, z: Float64Array, shared: boolean): number {
    const n = this.#n;
    z.set(r);
    if (shared) solveFactored(n, this.#shared, this.#sharedInverse, z);
    let energy = 0;
    for (let a = 0; a < n; a++) energy += r[a] * z[a];
    return energy;
  }
}
