// Rows of numbers that the letters of a text are shown as, products of their transforms, and the integers next to sums: in
// f32 (four numbers a register) and in f64 (two).

/** The 16 bytes from `place` on as four registers of f32 numbers. */
function storeF32(bytes: v128, place: usize): void {
  const low = i16x8.extend_low_i8x16_s(bytes);
  const high = i16x8.extend_high_i8x16_s(bytes);
  v128.store(place, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(low)));
  v128.store(place, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(low)), 16);
  v128.store(place, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(high)), 32);
  v128.store(place, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(high)), 48);
}

/**
 * Writes what is shown for each of `count` letters, bytes of which all are below 16, as f32 numbers: entry `letter` of the 16
 * bytes at `shown`. `count` is a multiple of 16.
 */
export function showF32(letters: usize, count: i32, shown: usize, row: usize): void {
  const table = v128.load(shown);
  for (let i: i32 = 0; i < count; i += 16) {
    storeF32(i8x16.swizzle(table, v128.load(letters + i)), row + (i << 2));
  }
}

/** The same as f64 numbers. */
export function showF64(letters: usize, count: i32, shown: usize, row: usize): void {
  const table = v128.load(shown);
  for (let i: i32 = 0; i < count; i += 16) {
    const bytes = i8x16.swizzle(table, v128.load(letters + i));
    const low = i16x8.extend_low_i8x16_s(bytes);
    const high = i16x8.extend_high_i8x16_s(bytes);
    let quad = i32x4.extend_low_i16x8_s(low);
    for (let q: i32 = 0; q < 4; q++) {
      const at = row + (i << 3) + (q << 5);
      v128.store(at, f64x2.convert_low_i32x4_s(quad));
      v128.store(at, f64x2.convert_low_i32x4_s(v128.shuffle<i64>(quad, quad, 1, 0)), 16);
      quad = q == 0 ? i32x4.extend_high_i16x8_s(low) : q == 1 ? i32x4.extend_low_i16x8_s(high) : i32x4.extend_high_i16x8_s(high);
    }
  }
}

/** sum_k += x_k conj(y_k) for n complex f32 numbers. */
export function addConjugateProductsF32(n: i32, sum: usize, x: usize, y: usize): void {
  const opposite = f32x4(1, -1, 1, -1);
  let k: i32 = 0;
  for (; k + 2 <= n; k += 2) {
    const at = <usize>(k << 3);
    const z = v128.load(x + at);
    const w = v128.load(y + at);
    const re = f32x4.mul(z, v128.shuffle<f32>(w, w, 0, 0, 2, 2));
    const im = f32x4.mul(v128.shuffle<f32>(z, z, 1, 0, 3, 2), f32x4.mul(v128.shuffle<f32>(w, w, 1, 1, 3, 3), opposite));
    v128.store(sum + at, f32x4.add(v128.load(sum + at), f32x4.add(re, im)));
  }
  for (; k < n; k++) {
    const at = <usize>(k << 3);
    const xr = load<f32>(x + at);
    const xi = load<f32>(x + at, 4);
    const yr = load<f32>(y + at);
    const yi = load<f32>(y + at, 4);
    store<f32>(sum + at, load<f32>(sum + at) + (xr * yr + xi * yi));
    store<f32>(sum + at, load<f32>(sum + at, 4) + (xi * yr - xr * yi), 4);
  }
}

/** The same for f64 numbers. */
export function addConjugateProductsF64(n: i32, sum: usize, x: usize, y: usize): void {
  const opposite = f64x2(1, -1);
  for (let k: i32 = 0; k < n; k++) {
    const at = <usize>k << 4;
    const z = v128.load(x + at);
    const re = f64x2.mul(z, v128.load64_splat(y + at));
    const im = f64x2.mul(v128.shuffle<f64>(z, z, 1, 0), f64x2.mul(v128.load64_splat(y + at, 8), opposite));
    v128.store(sum + at, f64x2.add(v128.load(sum + at), f64x2.add(re, im)));
  }
}

/** The distances of two sums from the integers that `nearest` gave for them. */
function distances(sums: v128, divisor: v128, less: v128, nearest: v128): v128 {
  return f64x2.abs(f64x2.sub(sums, f64x2.sub(f64x2.mul(divisor, f64x2.convert_low_i32x4_s(nearest)), less)));
}

function nearest(sums: v128, scale: v128, less: v128): v128 {
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.add(f64x2.mul(f64x2.add(sums, less), scale), f64x2.splat(0.5)));
}

/**
 * Writes the integers next to (sum + less) / divisor for `count` sums, a multiple of 4, `divisor` being a power of 2; gives
 * the largest distance of a sum from `divisor` times its integer, minus `less`. All arithmetic is in f64.
 */
export function nearestF32(sums: usize, count: i32, divisor: f64, less: f64, matches: usize): f64 {
  const by = f64x2.splat(divisor);
  const scale = f64x2.splat(1 / divisor);
  const minus = f64x2.splat(less);
  let most = f64x2.splat(0);
  for (let i: i32 = 0; i < count; i += 4) {
    const quad = v128.load(sums + (i << 2));
    const a = f64x2.promote_low_f32x4(quad);
    const b = f64x2.promote_low_f32x4(v128.shuffle<i64>(quad, quad, 1, 0));
    const p = nearest(a, scale, minus);
    const q = nearest(b, scale, minus);
    most = f64x2.pmax(most, f64x2.pmax(distances(a, by, minus, p), distances(b, by, minus, q)));
    v128.store(matches + (i << 2), v128.shuffle<i64>(p, q, 0, 2));
  }
  return max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
}

/** The same for sums in f64. */
export function nearestF64(sums: usize, count: i32, divisor: f64, less: f64, matches: usize): f64 {
  const by = f64x2.splat(divisor);
  const scale = f64x2.splat(1 / divisor);
  const minus = f64x2.splat(less);
  let most = f64x2.splat(0);
  for (let i: i32 = 0; i < count; i += 4) {
    const a = v128.load(sums + (i << 3));
    const b = v128.load(sums + (i << 3), 16);
    const p = nearest(a, scale, minus);
    const q = nearest(b, scale, minus);
    most = f64x2.pmax(most, f64x2.pmax(distances(a, by, minus, p), distances(b, by, minus, q)));
    v128.store(matches + (i << 2), v128.shuffle<i64>(p, q, 0, 2));
  }
  return max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
}

/** The number of bytes among `count`, a multiple of 16, that equal a value. */
export function countByte(bytes: usize, count: i32, value: i32): i32 {
  const wanted = i8x16.splat(<i8>value);
  let found: i32 = 0;
  for (let i: i32 = 0; i < count; i += 16) {
    found += popcnt<i32>(i8x16.bitmask(i8x16.eq(v128.load(bytes + i), wanted)));
  }
  return found;
}
