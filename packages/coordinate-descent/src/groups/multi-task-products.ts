import { openArena } from '@lemmata/core';
import { LINALG_KERNELS } from '@lemmata/linalg';
import { DESCENT_KERNELS } from '../kernels/descent-kernels.js';
import { outputsKernels } from '../kernels/outputs-kernels.js';
import { SLICE, type SliceMeter } from '../slices.js';
import { activeColumns } from './gram-descent.js';
import type { GramTable } from './gram-table.js';
import type { GroupEngine } from './group-engine.js';
import { productPasses } from './product-passes.js';
import type { SquaredLoss } from './squared-loss.js';

/**
 * Passes over the rows of W of a working set by products of its p columns alone: they follow X'R, p x k.
 *
 * @param engine - the run, its working set chosen and its gap just evaluated
 * @param table - the products, with room for the working set
 * @param loss - the loss
 * @param target - gap of the restricted problem at which to end
 * @param meter - counts the work between slices
 */
export function* multiTaskProducts(
  engine: GroupEngine,
  table: GramTable,
  loss: SquaredLoss,
  target: number,
  meter: SliceMeter,
): Generator<'slice', void, void> {
  const { problem } = engine;
  const { design, penalty, products: C, coefficients: W } = problem;
  const { outputs: k, threshold, ridge } = penalty;
  const ids = activeColumns(problem);
  const p = ids.length;
  yield* table.take(ids);
  const layout = { h: ['f64', p * p], c: ['f64', p * k], w: ['f64', p * k], u: ['f64', k] } as const;
  const arena = openArena(layout, design.backend === 'wasm' ? 'auto' : 'js', [LINALG_KERNELS, DESCENT_KERNELS]);
  try {
    const model = arena.views;
    const { h, c, w } = model;
    const kernels = outputsKernels(arena);
    h.set(yield* table.gather(ids));
    ids.forEach((j, s) => {
      for (let o = 0; o < k; o++) {
        c[o * p + s] = C[j * k + o];
        w[o * p + s] = W[j * k + o];
      }
    });
    const start = { c: c.slice(), w: w.slice(), square: loss.square };
    const value = () => modelGap(c, w, start, k, threshold, ridge);
    const step = Math.max(1, Math.floor(SLICE / (p * k)));
    function* pass(): Generator<'slice', number, void> {
      let changed = 0;
      for (let from = 0; from < p; from += step) {
        const to = Math.min(p, from + step);
        const some = kernels.gramPass(model, from, to, threshold, ridge);
        changed += some;
        if (meter.full((to - from) * 8 + some * p * k)) yield 'slice';
      }
      return changed;
    }

    yield* productPasses({ pass, w, c, value }, engine, target, meter);
    ids.forEach((j, s) => {
      for (let o = 0; o < k; o++) W[j * k + o] = w[o * p + s];
    });
  } finally {
    arena.dispose();
  }
}

/** Primal value and gap of the restricted problem, which steer and certify nothing. */
function modelGap(
  c: Float64Array,
  w: Float64Array,
  start: { readonly c: Float64Array; readonly w: Float64Array; readonly square: number },
  k: number,
  threshold: number,
  ridge: number,
): { readonly primal: number; readonly gap: number } {
  const p = w.length / k;
  let square = start.square;
  // R . Y = |R|^2 + R . X W.
  let fitted = 0;
  let norm = 0;
  let price = 0;
  let largest = 0;
  for (let s = 0; s < p; s++) {
    let own = 0;
    let pull = 0;
    for (let e = s; e < w.length; e += p) {
      square -= (w[e] - start.w[e]) * (start.c[e] + c[e]);
      fitted += c[e] * w[e];
      own += w[e] * w[e];
      const product = c[e] - ridge * w[e];
      pull += product * product;
    }
    norm += own;
    price += threshold * Math.sqrt(own) + (ridge * own) / 2;
    largest = Math.max(largest, pull);
  }
  square = Math.max(0, square);
  const inner = square + fitted;
  const best = square > 0 ? Math.max(0, inner / square) : 0;
  const scale = Math.min(best, largest > 0 ? threshold / Math.sqrt(largest) : Infinity);
  // With a ridge the point is feasible after it, to first order: good enough to steer by.
  const dual = scale * inner - (scale * scale * (square + ridge * norm)) / 2;
  const primal = square / 2 + price;
  return { primal, gap: primal - dual };
}
