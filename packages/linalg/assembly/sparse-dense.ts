// Sparse lines times a dense matrix whose rows have `width` entries: a row of the result is kept in registers, sixteen
// entries at a time, while the entries of the line pass by in their order.

/** The address of the row of b that the index stored at `place` names. */
function rowOf(b: usize, place: usize, bytes: usize): usize {
  return b + (<usize>load<u32>(place)) * bytes;
}

/** out[0 .. 15] = the sum of data[k] b_indices[k] over n entries. */
function sumSixteen(indices: usize, data: usize, n: usize, b: usize, bytes: usize, out: usize): void {
  let s = f64x2.splat(0);
  let t = f64x2.splat(0);
  let u = f64x2.splat(0);
  let v = f64x2.splat(0);
  let w = f64x2.splat(0);
  let x = f64x2.splat(0);
  let y = f64x2.splat(0);
  let z = f64x2.splat(0);
  for (; n > 0; n--) {
    const value = v128.load64_splat(data);
    const row = rowOf(b, indices, bytes);
    s = f64x2.add(s, f64x2.mul(value, v128.load(row)));
    t = f64x2.add(t, f64x2.mul(value, v128.load(row, 16)));
    u = f64x2.add(u, f64x2.mul(value, v128.load(row, 32)));
    v = f64x2.add(v, f64x2.mul(value, v128.load(row, 48)));
    w = f64x2.add(w, f64x2.mul(value, v128.load(row, 64)));
    x = f64x2.add(x, f64x2.mul(value, v128.load(row, 80)));
    y = f64x2.add(y, f64x2.mul(value, v128.load(row, 96)));
    z = f64x2.add(z, f64x2.mul(value, v128.load(row, 112)));
    indices += 4;
    data += 8;
  }
  v128.store(out, s);
  v128.store(out, t, 16);
  v128.store(out, u, 32);
  v128.store(out, v, 48);
  v128.store(out, w, 64);
  v128.store(out, x, 80);
  v128.store(out, y, 96);
  v128.store(out, z, 112);
}

/** out[0 .. 1] = the sum of data[k] b_indices[k] over n entries. */
function sumTwo(indices: usize, data: usize, n: usize, b: usize, bytes: usize, out: usize): void {
  let s = f64x2.splat(0);
  for (; n > 0; n--) {
    s = f64x2.add(s, f64x2.mul(v128.load64_splat(data), v128.load(rowOf(b, indices, bytes))));
    indices += 4;
    data += 8;
  }
  v128.store(out, s);
}

/** out[0] = the sum of data[k] b_indices[k] over n entries. */
function sumOne(indices: usize, data: usize, n: usize, b: usize, bytes: usize, out: usize): void {
  let sum: f64 = 0;
  for (; n > 0; n--) {
    sum += load<f64>(data) * load<f64>(rowOf(b, indices, bytes));
    indices += 4;
    data += 8;
  }
  store<f64>(out, sum);
}

/** c_i = the sum of v b_j over the entries (j, v) of row i, for i in [from, to). */
export function sparseRowsTimesDense(
  indptr: usize,
  indices: usize,
  data: usize,
  b: usize,
  width: usize,
  c: usize,
  from: usize,
  to: usize,
): void {
  const bytes = width << 3;
  for (let i = from; i < to; i++) {
    const start: usize = load<u32>(indptr + (i << 2));
    const n = <usize>load<u32>(indptr + (i << 2), 4) - start;
    const at = indices + (start << 2);
    const values = data + (start << 3);
    const out = c + i * bytes;
    let l: usize = 0;
    for (; l + 16 <= width; l += 16) sumSixteen(at, values, n, b + (l << 3), bytes, out + (l << 3));
    for (; l + 2 <= width; l += 2) sumTwo(at, values, n, b + (l << 3), bytes, out + (l << 3));
    if (l < width) sumOne(at, values, n, b + (l << 3), bytes, out + (l << 3));
  }
}

/** c_i += v b_j for the entries (i, v) of column j, in their order, for j in [from, to). */
export function sparseColumnsTimesDense(
  indptr: usize,
  indices: usize,
  data: usize,
  b: usize,
  width: usize,
  c: usize,
  from: usize,
  to: usize,
): void {
  const bytes = width << 3;
  for (let j = from; j < to; j++) {
    const end: usize = load<u32>(indptr + (j << 2), 4);
    for (let k: usize = load<u32>(indptr + (j << 2)); k < end; k++) {
      const value = v128.load64_splat(data + (k << 3));
      let out = rowOf(c, indices + (k << 2), bytes);
      let row = b + j * bytes;
      for (let l = width >> 2; l > 0; l--) {
        v128.store(out, f64x2.add(v128.load(out), f64x2.mul(value, v128.load(row))));
        v128.store(out, f64x2.add(v128.load(out, 16), f64x2.mul(value, v128.load(row, 16))), 16);
        out += 32;
        row += 32;
      }
      for (let l = width & 3; l > 0; l--) {
        store<f64>(out, load<f64>(out) + f64x2.extract_lane(value, 0) * load<f64>(row));
        out += 8;
        row += 8;
      }
    }
  }
}

/** g[i][j] += v w for every two entries (i, v) and (j, w), j <= i, of each row in [from, to), in their order. */
export function addSparseLowerProducts(
  indptr: usize,
  indices: usize,
  data: usize,
  cols: usize,
  g: usize,
  from: usize,
  to: usize,
): void {
  for (let i = from; i < to; i++) {
    const start: usize = load<u32>(indptr + (i << 2));
    const end: usize = load<u32>(indptr + (i << 2), 4);
    for (let k = start; k < end; k++) {
      const value = load<f64>(data + (k << 3));
      const out = g + (((<usize>load<u32>(indices + (k << 2))) * cols) << 3);
      for (let h = start; h <= k; h++) {
        const place = out + ((<usize>load<u32>(indices + (h << 2))) << 3);
        store<f64>(place, load<f64>(place) + value * load<f64>(data + (h << 3)));
      }
    }
  }
}
