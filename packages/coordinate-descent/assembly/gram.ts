// A pass of coordinate descent on a quadratic model whose matrix is at hand.
import { axpy } from '../../linalg/assembly/dense';
import { proximal } from './penalised';

/**
 * One pass over the coordinates slots[0..count) of the model with matrix g (rows of `stride` entries) and products c of
 * the first `used` coordinates; returns how many changed.
 */
export function gramEpoch(
  slots: usize,
  count: usize,
  g: usize,
  stride: usize,
  used: usize,
  c: usize,
  w: usize,
  threshold: f64,
  ridge: f64,
  l1: usize,
  l2: usize,
  lower: usize,
  upper: usize,
): i32 {
  let changed = 0;
  for (let k: usize = 0; k < count; k++) {
    const s: usize = load<u32>(slots + (k << 2));
    const j = s << 3;
    const row = g + ((s * stride) << 3);
    const square = load<f64>(row + j);
    const old = load<f64>(w + j);
    const z = load<f64>(c + j) + square * old;
    const divisor = square + ridge * load<f64>(l2 + j);
    const value = proximal(z, threshold * load<f64>(l1 + j), divisor, load<f64>(lower + j), load<f64>(upper + j));
    const change = value - old;
    if (change == 0) continue;
    store<f64>(w + j, value);
    axpy(-change, row, c, used);
    changed++;
  }
  return changed;
}
