import { randomStream } from '@lemmata/core';
import { toSparse } from '@lemmata/linalg';
import { randomRows, randomVector, solveLinearSystem } from '@lemmata/testing';
import { describe, expect, it } from 'vitest';
import { type LinearProgram, type LpResult, matrixGame, solveLP } from '../src/index.js';

const stream = randomStream('lp');
const uniform = () => stream.uniform();

interface Dense {
  c: number[];
  A: number[][];
  rowLower: number[];
  rowUpper: number[];
  colLower: number[];
  colUpper: number[];
}

/** The minimum over all vertices: points where n of the sides and bounds hold with equality. */
function minimumByVertices({ c, A, rowLower, rowUpper, colLower, colUpper }: Dense): number {
  const n = c.length;
  const sides: [row: number[], value: number][] = [];
  const unit = (j: number) => Array.from({ length: n }, (_, k) => (k === j ? 1 : 0));
  A.forEach((row, i) => {
    for (const side of new Set([rowLower[i], rowUpper[i]])) if (Number.isFinite(side)) sides.push([row, side]);
  });
  for (let j = 0; j < n; j++) {
    for (const side of new Set([colLower[j], colUpper[j]])) if (Number.isFinite(side)) sides.push([unit(j), side]);
  }
  let best = Infinity;
  const choose = (from: number, chosen: [number[], number][]): void => {
    if (chosen.length < n) {
      for (let s = from; s < sides.length; s++) choose(s + 1, [...chosen, sides[s]]);
      return;
    }
    const x = solveLinearSystem(
      chosen.map(([row]) => row),
      chosen.map(([, value]) => value),
    );
    if (x === undefined) return;
    // Elimination in 3 dimensions loses little; neighbouring vertices of these data are far apart.
    const slack = 1e-9;
    const inside = (value: number, low: number, high: number) => value >= low - slack && value <= high + slack;
    const activity = A.map((row) => row.reduce((sum, a, j) => sum + a * x[j], 0));
    if (!x.every((value, j) => inside(value, colLower[j], colUpper[j]))) return;
    if (!activity.every((value, i) => inside(value, rowLower[i], rowUpper[i]))) return;
    best = Math.min(
      best,
      c.reduce((sum, cost, j) => sum + cost * x[j], 0),
    );
  };
  choose(0, []);
  return best;
}

/** A feasible program within a box: the rows' sides lie around the activity of a point of the box. */
function randomProgram(m: number, n: number): Dense {
  const A = randomRows(uniform, m, n);
  const inside = randomVector(uniform, n);
  const activity = A.map((row) => row.reduce((sum, a, j) => sum + a * inside[j], 0));
  const rowLower = activity.map((value) => (uniform() < 0.4 ? -Infinity : value - uniform() / 4));
  const rowUpper = activity.map((value, i) => {
    const kind = uniform();
    if (kind < 0.2) rowLower[i] = value;
    return kind < 0.2 ? value : kind < 0.6 ? Infinity : value + uniform() / 4;
  });
  const colLower = Array.from(inside, (value) => (uniform() < 0.1 ? value : -1 - uniform()));
  const colUpper = Array.from(inside, (value, j) => (colLower[j] === value ? value : 1 + uniform()));
  return { c: Array.from(randomVector(uniform, n)), A, rowLower, rowUpper, colLower, colUpper };
}

/** The three errors by their definition, from x and y alone. */
function errorsOf(program: Dense, { x, y }: LpResult): [primal: number, dual: number, gap: number] {
  const { c, A, rowLower, rowUpper, colLower, colUpper } = program;
  let primal = 0;
  let dual = 0;
  let dualObjective = 0;
  A.forEach((row, i) => {
    const value = row.reduce((sum, a, j) => sum + a * x[j], 0);
    primal += Math.max(rowLower[i] - value, value - rowUpper[i], 0) ** 2;
    if (y[i] !== 0) dualObjective += y[i] * (y[i] > 0 ? rowLower[i] : rowUpper[i]);
  });
  c.forEach((cost, j) => {
    const reduced = A.reduce((sum, row, i) => sum - row[j] * y[i], cost);
    const bound = reduced > 0 ? colLower[j] : colUpper[j];
    if (Number.isFinite(bound)) dualObjective += reduced * bound;
    else dual += reduced ** 2;
  });
  const objective = c.reduce((sum, cost, j) => sum + cost * x[j], 0);
  const gap = Math.abs(objective - dualObjective) / (1 + Math.abs(objective) + Math.abs(dualObjective));
  return [Math.sqrt(primal), Math.sqrt(dual), gap];
}

describe('solveLP', () => {
  it('reaches the minimum that trying all vertices finds', () => {
    for (let trial = 0; trial < 40; trial++) {
      const program = randomProgram(1 + (trial % 4), 1 + (trial % 3));
      const expected = minimumByVertices(program);
      const result = solveLP(program, { tolerance: 1e-8 });
      expect(result.status).toBe('converged');
      const [primal, dual, gap] = errorsOf(program, result);
      // Sums of at most 4 products of numbers below 10: rounding is below 1e-13.
      expect(Math.abs(primal - result.certificate.primalResidual)).toBeLessThan(1e-13);
      expect(Math.abs(dual - result.certificate.dualResidual)).toBeLessThan(1e-13);
      expect(Math.abs(gap - result.certificate.gap)).toBeLessThan(1e-13);
      // All bounds of x are finite, so the dual objective bounds the minimum from below; and the objective is above the
      // minimum but for what y charges for the primal residual.
      const size = 1 + Math.abs(result.objective) + Math.abs(result.dualObjective);
      const charge = Math.hypot(...result.y) * result.certificate.primalResidual;
      expect(result.dualObjective).toBeLessThanOrEqual(expected + 1e-12 * size);
      expect(Math.abs(result.objective - expected)).toBeLessThanOrEqual(1e-8 * size + charge + 1e-12 * size);
    }
  });

  it('finds a planted solution of a larger sparse program', () => {
    // x* >= 0 and s >= 0 with one of them 0 in every place, y* free: c = A'y* + s makes the pair optimal for A x = A x*.
    const [m, n] = [40, 70];
    const A = randomRows(uniform, m, n, 0.2);
    const x = Array.from({ length: n }, (_, j) => (j % 2 === 0 ? uniform() : 0));
    const y = Array.from({ length: m }, () => 2 * uniform() - 1);
    const b = A.map((row) => row.reduce((sum, a, j) => sum + a * x[j], 0));
    const c = x.map((value, j) => A.reduce((sum, row, i) => sum + row[j] * y[i], value > 0 ? 0 : uniform()));
    const optimum = c.reduce((sum, cost, j) => sum + cost * x[j], 0);
    const program: LinearProgram = { c, A: toSparse(A), rowLower: b, rowUpper: b };
    const result = solveLP(program);
    expect(result.status).toBe('converged');
    const { certificate } = result;
    expect(Math.max(certificate.gap, certificate.primalError, certificate.dualError)).toBeLessThanOrEqual(1e-6);
    // c'x - c'x* = s'x + y*'(A x - b) >= -|y*| |A x - b|, and the gap bounds it from above with the dual residual's charge.
    const above = certificate.gap * (1 + Math.abs(result.objective) + Math.abs(result.dualObjective));
    const charge = Math.hypot(...y) * certificate.primalResidual + Math.hypot(...x) * certificate.dualResidual;
    expect(Math.abs(result.objective - optimum)).toBeLessThanOrEqual(above + charge + 1e-12);
    const dense = solveLP({ ...program, A });
    expect(dense.x).toEqual(result.x);
  });

  it('agrees with the value of a matrix game', () => {
    const A = randomRows(uniform, 5, 4);
    // min v over (x, v): A x - v <= 0, sum x = 1, x >= 0, v free.
    const result = solveLP(
      {
        c: [0, 0, 0, 0, 1],
        A: [...A.map((row) => [...row, -1]), [1, 1, 1, 1, 0]],
        rowLower: [...new Array<number>(5).fill(-Infinity), 1],
        rowUpper: [...new Array<number>(5).fill(0), 1],
        colLower: [0, 0, 0, 0, -Infinity],
      },
      { tolerance: 1e-9 },
    );
    const game = matrixGame(A, { tolerance: 1e-5 });
    expect([result.status, game.status]).toEqual(['converged', 'converged']);
    // x sums to 1 and violates rows by at most the primal residual, which therefore moves v by at most a few of it.
    const slack = 1e-7;
    expect(result.objective).toBeGreaterThanOrEqual(game.certificate.lower - slack);
    expect(result.objective).toBeLessThanOrEqual(game.certificate.upper + slack);
  });

  it('treats a bound given as a row like a bound', () => {
    const bound = solveLP({ c: [-1, -2], A: [[1, 1]], rowUpper: [4], colUpper: [3, 2] }, { tolerance: 1e-9 });
    const row = solveLP(
      {
        c: [-1, -2],
        A: [
          [1, 1],
          [1, 0],
          [0, 1],
        ],
        rowUpper: [4, 3, 2],
      },
      { tolerance: 1e-9 },
    );
    for (const { status, x, objective } of [bound, row]) {
      expect(status).toBe('converged');
      // The minimum -6 at (2, 2) is a sharp vertex: 1e-9 in the errors is at most a few 1e-8 in x.
      expect(Math.abs(objective + 6)).toBeLessThan(1e-7);
      expect(Math.abs(x[0] - 2) + Math.abs(x[1] - 2)).toBeLessThan(1e-7);
    }
  });

  it('needs no rows, no columns and no step where the start is a solution', () => {
    const free = solveLP({ c: [1, -1, 0], A: { rows: 0, cols: 3, data: [] }, colUpper: [5, 5, 5], offset: 2 });
    expect([free.status, Array.from(free.x), free.objective]).toEqual(['converged', [0, 5, 0], -3]);
    const empty = solveLP({
      c: [],
      A: { rows: 2, cols: 0, data: [] },
      rowLower: [-1, -1],
      rowUpper: [0, 1],
      offset: 2,
    });
    expect([empty.status, empty.objective, empty.iterations]).toEqual(['converged', 2, 0]);
  });

  it('goes on from a start, and takes fewer steps from a solution', () => {
    const program = randomProgram(4, 3);
    const cold = solveLP(program, { tolerance: 1e-8 });
    const warm = solveLP(program, { tolerance: 1e-8, initial: { x: cold.x, y: cold.y } });
    expect([warm.status, warm.iterations]).toEqual(['converged', 0]);
    expect(warm.x).toEqual(cold.x);
  });

  it('makes use of reflection', () => {
    const program = randomProgram(4, 3);
    const [whole, none] = [1, 0].map((reflection) => solveLP(program, { reflection, tolerance: 1e-8 }));
    expect([whole.status, none.status]).toEqual(['converged', 'converged']);
    expect(whole.counts.steps).toBeLessThanOrEqual(none.counts.steps);
    expect(whole.x).not.toEqual(none.x);
  });

  it('never calls an infeasible program solved', () => {
    const result = solveLP(
      { c: [1], A: [[1], [1]], rowLower: [2, -Infinity], rowUpper: [3, 1] },
      { maxIterations: 50 },
    );
    expect(result.status).toBe('max-iterations');
    expect(result.certificate.primalResidual).toBeGreaterThanOrEqual(Math.SQRT1_2 * (1 - 1e-12));
  });
});
