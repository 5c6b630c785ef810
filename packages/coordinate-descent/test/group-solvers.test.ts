// The inner solvers of least squares on groups and with several outputs, each alone: passes that keep the residual, and passes
// by products.
import { liveArenas } from '@lemmata/core';
import { describe, expect, it } from 'vitest';
import type { GroupCurvature } from '../src/groups/block-step.js';
import { type ColumnGroups, readGroups, singleColumns } from '../src/groups/column-groups.js';
import { activeColumns, gramDescent } from '../src/groups/gram-descent.js';
import { GramTable } from '../src/groups/gram-table.js';
import { type GroupAnswer, groupAlgorithm } from '../src/groups/group-algorithm.js';
import type { GroupSolver } from '../src/groups/group-engine.js';
import { groupPasses } from '../src/groups/group-passes.js';
import { GroupPenalty } from '../src/groups/group-penalty.js';
import { type GroupProblem, groupProblem } from '../src/groups/group-problem.js';
import { multiTaskPasses } from '../src/groups/multi-task-passes.js';
import { multiTaskProducts } from '../src/groups/multi-task-products.js';
import { SquaredLoss } from '../src/groups/squared-loss.js';
import { newCounts } from '../src/problem/lasso-problem.js';
import { openDesign } from '../src/problem/open-design.js';
import { testProblem } from './problems.js';

const [M, N] = [40, 90];

type MakeSolver = (problem: GroupProblem, loss: SquaredLoss) => GroupSolver;

function* voided(steps: Generator<'slice', unknown, void>): Generator<'slice', void, void> {
  yield* steps;
}

const multiTaskSolvers: MakeSolver[] = [
  (problem, loss) => (engine, target, meter) =>
    voided(multiTaskPasses(engine, activeColumns(problem), loss, target, meter)),
  (problem, loss) => {
    const table = new GramTable(problem);
    return (engine, target, meter) => multiTaskProducts(engine, table, loss, target, meter);
  },
];

const groupSolvers: MakeSolver[] = [
  (problem, loss) => {
    const curvatures = new Map<number, GroupCurvature>();
    return (engine, target, meter) =>
      voided(groupPasses(engine, activeColumns(problem), curvatures, loss, target, meter));
  },
  (problem, loss) => {
    const table = new GramTable(problem);
    return (engine, target, meter) => gramDescent(engine, table, loss, target, meter);
  },
];

interface Model {
  readonly solvers: MakeSolver[];
  readonly outputs: number;
  readonly groups: ColumnGroups;
  readonly l1Share: number;
}

const triples = readGroups(
  Array.from({ length: N }, (_, j) => Math.floor(j / 3)),
  N,
);

const MODELS: [string, Model][] = [
  ['two targets', { solvers: multiTaskSolvers, outputs: 2, groups: singleColumns(N), l1Share: 0 }],
  ['groups', { solvers: groupSolvers, outputs: 1, groups: triples, l1Share: 0 }],
  ['sparse groups', { solvers: groupSolvers, outputs: 1, groups: triples, l1Share: 0.3 }],
];

interface Run {
  readonly isSparse: boolean;
  readonly intercept: boolean;
  readonly backend: 'js' | 'wasm';
}

function solve(model: Model, makeSolver: MakeSolver, { isSparse, intercept, backend }: Run): GroupAnswer {
  const { outputs: k, groups, l1Share } = model;
  const { dense, sparse, b } = testProblem('group solvers', M, N, isSparse ? 0.4 : 1, 0.3);
  const target = Float64Array.from({ length: M * k }, (_, e) => (e < M ? b[e] : b[(7 * e) % M] - b[e - M]));
  const needs = { intercept, weights: undefined, penalised: true };
  const opened = openDesign(isSparse ? sparse : dense, needs, backend, false);
  const algorithm = groupAlgorithm(opened, 0.02, 1e-10, ({ design }) => {
    const penalty = new GroupPenalty(groups, new Float64Array(groups.count).fill(1), k, false, l1Share);
    const loss = new SquaredLoss(design, target, k);
    const problem = groupProblem(design, penalty, loss, newCounts());
    const common = { l1Ratio: l1Share > 0 ? 1 : 0.9, standardize: false, weights: undefined, initial: undefined };
    return { ...common, problem, inner: makeSolver(problem, loss) };
  });
  try {
    for (const _ of algorithm.slices());
    return algorithm.answer();
  } finally {
    algorithm.dispose();
  }
}

describe.each(MODELS)('the solvers of %s', (_name, model) => {
  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('find the same objective, the same bits in both backends; sparse %s, intercept %s', (isSparse, intercept) => {
    const [one, other] = model.solvers.map((makeSolver) => {
      const [js, wasm] = (['js', 'wasm'] as const).map((backend) =>
        solve(model, makeSolver, { isSparse, intercept, backend }),
      );
      expect(wasm.coefficients).toEqual(js.coefficients);
      expect(wasm.counts).toEqual(js.counts);
      expect(wasm.relativeGap).toBeLessThanOrEqual(1e-10);
      // More than a working set begins with: several rounds were needed.
      expect(wasm.entries.length).toBeGreaterThan(20);
      return wasm;
    });
    // Objectives differ by their gaps at most, and by the rounding of sums of squares of size one.
    expect(Math.abs(one.objective - other.objective)).toBeLessThanOrEqual(one.gap + other.gap + 1e-14);
    expect(liveArenas()).toBe(0);
  });
});
