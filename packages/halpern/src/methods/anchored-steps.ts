import { InvalidInputError, requireInteger, type SliceEnd, type Status } from '@lemmata/core';
import type { InclusionEngine } from '../inclusion-engine.js';
import { ComponentSampler } from '../sampling/component-sampler.js';
import { PageEstimator } from '../sampling/page.js';
import { buffers } from './extragradient.js';
import { RestartRule, restartFactorOf } from './restart-rule.js';

/** Half the step at most so often before a run counts as diverged. */
const MOST_HALVINGS = 30;

/** What the schedules differ in. */
interface Schedule {
  readonly step: number;
  /** Whether growth of the residual leads back to the best point. */
  readonly safeguard: boolean;
  /** Weight of the anchor, k steps after it was set. */
  readonly anchorWeight: (k: number) => number;
  /** Probability of F in full, k steps after the anchor was set. */
  readonly refreshProbability: (k: number) => number;
}

function scheduleOf(engine: InclusionEngine, method: 'vr-halpern' | 'halpern', restarts: boolean): Schedule {
  const { settings, oracle, problem } = engine;
  if (problem.operator.cocoercive === undefined && !settings.force) {
    throw new InvalidInputError(
      `problem.operator.cocoercive: expected a number > 0 for method '${method}' (or options.force), got none`,
      'ERR_INCOMPATIBLE',
      { argument: 'problem.operator.cocoercive', expected: 'a number > 0', actual: undefined },
    );
  }
  const paper = settings.schedule === 'paper';
  const constant = (): number => engine.constant(method, 'cocoercive', 'averageLipschitz', 'lipschitz');
  const root = Math.sqrt(oracle.components);
  const late = paper ? 4 / (root + 5) : 1 / root;
  const early = (k: number): number => (k <= root ? Math.max(paper ? 0 : late, 4 / (k + 5)) : late);
  return {
    step: settings.stepSize ?? (paper ? 1 / (4 * constant()) : 2 / constant()),
    safeguard: !paper,
    anchorWeight: paper || restarts ? (k) => 2 / (k + 4) : (k) => 1 / (k + 2),
    refreshProbability: method === 'halpern' ? () => 1 : (k) => Math.min(1, early(k)),
  };
}

/**
 * Algorithm 1: Halpern's iteration w = lambda u0 + (1 - lambda) u - eta g, u+ = J(w), with g the PAGE estimate of F(u), or
 * F(u) itself for `'halpern'`. Every evaluation in full is a certificate without further cost.
 *
 * @param engine - the run
 * @param method - with which estimate
 * @returns the run in slices
 */
export function anchoredSteps(
  engine: InclusionEngine,
  method: 'vr-halpern' | 'halpern',
): () => Generator<SliceEnd, Status, void> {
  const { oracle, settings, state, best, meter } = engine;
  if (method === 'vr-halpern') oracle.requireComponents(method);
  const rule = new RestartRule(restartFactorOf(settings));
  const schedule = scheduleOf(engine, method, rule.factor > 0);
  const n = oracle.components;
  const batchSize =
    settings.batchSize === undefined
      ? Math.ceil(Math.sqrt(n))
      : requireInteger('options.batchSize', settings.batchSize, 1, n);
  const coins = engine.stream.fork('coins');
  const sampler = new ComponentSampler(n, oracle.probabilities, engine.stream.fork('components'));
  const page = new PageEstimator(oracle, sampler, batchSize);

  return function* slices() {
    const [u, previous, anchor, estimate, element, w] = buffers(oracle.dimension, 6);
    let step = schedule.step;
    let end = engine.start(step, u, estimate, element);
    anchor.set(u);
    let age = 0;
    rule.anchored(state.residual);
    let halvings = 0;
    if (end === undefined) yield 'iteration';
    while (end === undefined) {
      const weight = schedule.anchorWeight(age);
      for (let j = 0; j < w.length; j++) w[j] = weight * anchor[j] + (1 - weight) * u[j] - step * estimate[j];
      previous.set(u);
      oracle.resolve(w, step, u, element);
      oracle.counts.steps++;
      age++;
      if (coins.uniform() >= schedule.refreshProbability(age)) {
        page.update(u, previous, estimate);
        if (meter.full(batchSize * w.length)) yield 'slice';
        continue;
      }
      page.refresh(u, estimate);
      const residual = engine.measure(u, estimate, element);
      if (schedule.safeguard && halvings < MOST_HALVINGS && !(residual <= 10 * state.bestResidual)) {
        halvings++;
        step /= 2;
        state.stepSize = step;
        u.set(best.x);
        estimate.set(best.value);
        restart(state.bestResidual);
        end = engine.verdict(state.bestResidual);
      } else {
        end = engine.verdict(residual);
        if (rule.due(residual)) restart(residual);
      }
      if (end === undefined) yield 'iteration';
    }
    return end;

    function restart(residual: number): void {
      anchor.set(u);
      age = 0;
      rule.anchored(residual);
      engine.restarted();
    }
  };
}
