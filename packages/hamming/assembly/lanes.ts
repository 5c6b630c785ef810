// Sixteen shifts a vector: a pattern position is one comparison of 16 consecutive text bytes with its own byte. Blocks of
// 64 shifts, so that four vectors of counters stay in registers. A position is an offset (u32) and a byte; it is met by an
// equal text byte, or, when bytes are sets (`masked`), by one that shares a bit.

/** Counters of a block: 4 vectors. Static memory below the arena's first block. */
const SUMS: usize = 512;
/** Bytes count to 255: so many positions may be added before the lanes are emptied. */
const FLUSH: i32 = 255;
const BLOCK: i32 = 64;

/** Leaves in SUMS how many of the positions are met, one byte a shift. */
function countEqual(text: usize, offsets: usize, bytes: usize, count: i32): void {
  let a = i8x16.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let t: i32 = 0; t < count; t++) {
    const symbol = v128.load_splat<u8>(bytes + t);
    const at = text + load<u32>(offsets + (t << 2));
    a = i8x16.sub(a, i8x16.eq(v128.load(at), symbol));
    b = i8x16.sub(b, i8x16.eq(v128.load(at, 16), symbol));
    c = i8x16.sub(c, i8x16.eq(v128.load(at, 32), symbol));
    d = i8x16.sub(d, i8x16.eq(v128.load(at, 48), symbol));
  }
  v128.store(SUMS, a);
  v128.store(SUMS, b, 16);
  v128.store(SUMS, c, 32);
  v128.store(SUMS, d, 48);
}

/** The same for sets: what is counted are positions without a common bit, so the count starts from all of them. */
function countShared(text: usize, offsets: usize, bytes: usize, count: i32): void {
  const zero = i8x16.splat(0);
  let a = i8x16.splat(<i8>count);
  let b = a;
  let c = a;
  let d = a;
  for (let t: i32 = 0; t < count; t++) {
    const set = v128.load_splat<u8>(bytes + t);
    const at = text + load<u32>(offsets + (t << 2));
    a = i8x16.add(a, i8x16.eq(v128.and(v128.load(at), set), zero));
    b = i8x16.add(b, i8x16.eq(v128.and(v128.load(at, 16), set), zero));
    c = i8x16.add(c, i8x16.eq(v128.and(v128.load(at, 32), set), zero));
    d = i8x16.add(d, i8x16.eq(v128.and(v128.load(at, 48), set), zero));
  }
  v128.store(SUMS, a);
  v128.store(SUMS, b, 16);
  v128.store(SUMS, c, 32);
  v128.store(SUMS, d, 48);
}

/** Subtracts the counters from 64 entries of `out`, which are `width` bytes each. */
function flush(out: usize, width: i32): void {
  if (width == 1) {
    for (let v: i32 = 0; v < BLOCK; v += 16) {
      v128.store(out + v, i8x16.sub(v128.load(out + v), v128.load(SUMS + v)));
    }
  } else if (width == 2) {
    for (let v: i32 = 0; v < BLOCK; v += 8) {
      const at = out + (v << 1);
      v128.store(at, i16x8.sub(v128.load(at), v128.load_ext<u8>(SUMS + v)));
    }
  } else {
    for (let v: i32 = 0; v < BLOCK; v++) {
      const at = out + (v << 2);
      store<u32>(at, load<u32>(at) - load<u8>(SUMS + v));
    }
  }
}

function fill(out: usize, width: i32, value: i32): void {
  const bytes = BLOCK * width;
  const full = width == 1 ? i8x16.splat(<i8>value) : width == 2 ? i16x8.splat(<i16>value) : i32x4.splat(value);
  for (let v: i32 = 0; v < bytes; v += 16) v128.store(out + v, full);
}

/**
 * Writes, for the shifts `first` to `last` - 1 (multiples of 64), how many of the positions differ.
 *
 * `out` has entries of `width` = 1, 2 or 4 bytes that hold `count`; the text has 64 bytes beyond what the last shift meets.
 */
export function laneMismatches(
  text: usize,
  offsets: usize,
  bytes: usize,
  count: i32,
  first: i32,
  last: i32,
  out: usize,
  width: i32,
  masked: i32,
): void {
  for (let i = first; i < last; i += BLOCK) {
    const to = out + <usize>(i * width);
    fill(to, width, count);
    for (let from: i32 = 0; from < count; from += FLUSH) {
      const some = min(FLUSH, count - from);
      if (masked) countShared(text + i, offsets + (from << 2), bytes + from, some);
      else countEqual(text + i, offsets + (from << 2), bytes + from, some);
      flush(to, width);
    }
  }
}

/** Appends the shifts whose lane is at most `most`, gives the new end of the list. */
function appendFew(at: usize, most: v128, shift: i32, list: usize): usize {
  const lanes = v128.load(at);
  let mask = i8x16.bitmask(i8x16.eq(i8x16.min_u(lanes, most), lanes));
  while (mask != 0) {
    store<u32>(list, shift + ctz(mask));
    list += 4;
    mask &= mask - 1;
  }
  return list;
}

/**
 * Lists the shifts among `first` to `last` - 1 (multiples of 64) at which at most `k` of the positions differ, in rising
 * order; there are at most 255 positions. Gives their number.
 */
export function laneCandidates(
  text: usize,
  offsets: usize,
  bytes: usize,
  count: i32,
  first: i32,
  last: i32,
  k: i32,
  list: usize,
  masked: i32,
): i32 {
  // Met positions are counted: at least count - k of them, which is never 0 since count > k.
  const least = i8x16.splat(<i8>(count - k));
  const most = i8x16.splat(<i8>k);
  const all = i8x16.splat(<i8>count);
  let end = list;
  for (let i = first; i < last; i += BLOCK) {
    if (masked) countShared(text + i, offsets, bytes, count);
    else countEqual(text + i, offsets, bytes, count);
    const a = v128.load(SUMS);
    const b = v128.load(SUMS, 16);
    const c = v128.load(SUMS, 32);
    const d = v128.load(SUMS, 48);
    const top = i8x16.max_u(i8x16.max_u(a, b), i8x16.max_u(c, d));
    if (!v128.any_true(i8x16.eq(i8x16.max_u(top, least), top))) continue;
    for (let v: i32 = 0; v < BLOCK; v += 16) {
      v128.store(SUMS + v, i8x16.sub(all, v128.load(SUMS + v)));
      end = appendFew(SUMS + v, most, i + v, end);
    }
  }
  return <i32>((end - list) >> 2);
}

/**
 * Compares windows with a pattern, position after position until more than `k` differ, and keeps those with at most k:
 * their shifts and distances.
 *
 * `list` holds `listed` shifts; it ends early after the window with which more than `most` positions have been compared.
 * Gives the number of windows that were looked at, and leaves in `tally` how many positions were compared and how many
 * windows were kept.
 */
export function laneDistances(
  text: usize,
  offsets: usize,
  bytes: usize,
  count: i32,
  list: usize,
  listed: i32,
  k: i32,
  most: i32,
  shifts: usize,
  distances: usize,
  masked: i32,
  tally: usize,
): i32 {
  let compared: i32 = 0;
  let kept: i32 = 0;
  let t: i32 = 0;
  while (t < listed && compared <= most) {
    const shift = load<i32>(list + (t << 2));
    const window = text + shift;
    let distance: i32 = 0;
    let j: i32 = 0;
    if (masked) {
      for (; j < count && distance <= k; j++) {
        const set = load<u8>(window + load<u32>(offsets + (j << 2)));
        distance += <i32>((set & load<u8>(bytes + j)) == 0);
      }
    } else {
      for (; j < count && distance <= k; j++) {
        const symbol = load<u8>(window + load<u32>(offsets + (j << 2)));
        distance += <i32>(symbol != load<u8>(bytes + j));
      }
    }
    compared += j;
    if (distance <= k) {
      store<i32>(shifts + (kept << 2), shift);
      store<i32>(distances + (kept << 2), distance);
      kept++;
    }
    t++;
  }
  store<i32>(tally, compared);
  store<i32>(tally, kept, 4);
  return t;
}

/**
 * Replaces the bytes of a text, a multiple of 16 of them, by those of a table.
 *
 * Row r of the table has the entries of the bytes 16 r to 16 r + 15; `rows` holds those `count` rows that are not all
 * `other`, each entry combined with `other` by an exclusive or, and `firsts` the first byte of each.
 */
export function translateBytes(text: usize, length: i32, rows: usize, firsts: usize, count: i32, other: i32): void {
  const rest = i8x16.splat(<i8>other);
  for (let i: i32 = 0; i < length; i += 16) {
    const symbols = v128.load(text + i);
    let entries = rest;
    for (let r: i32 = 0; r < count; r++) {
      // An index above 15, of a byte in another row, gives 0.
      const places = i8x16.sub(symbols, v128.load_splat<u8>(firsts + r));
      entries = v128.xor(entries, i8x16.swizzle(v128.load(rows + (r << 4)), places));
    }
    v128.store(text + i, entries);
  }
}
