// One hundred and twenty-eight shifts a vector: bit k of plane (c, s) says whether text symbol k + s is in class c, for
// s = 0 .. 7, so that the bits of 128 consecutive shifts for one pattern position begin at a whole byte. Counters are
// sliced, one vector for each binary digit of 128 counts, and summed by full adders.

/** Binary digits of the counters, 25 vectors; static memory below the arena's first block. */
const DIGITS: usize = 512;
/** A carry that waits for a second one at each place from 4 to 24: 16 bytes a place, so many before its digit. */
const BEFORE: usize = 448;

/**
 * Fills the eight planes of one class for `groups` groups of 128 symbols; the text and each plane have room for one group
 * more.
 *
 * `members` lists the `count` bytes that are in the class.
 */
export function fillPlane(text: usize, groups: i32, members: usize, count: i32, plane: usize, stride: usize): void {
  for (let g: i32 = 0; g <= groups; g++) {
    for (let v: i32 = 0; v < 8; v++) {
      const symbols = v128.load(text + ((g << 7) + (v << 4)));
      let met = i8x16.eq(symbols, v128.load_splat<u8>(members));
      for (let t: i32 = 1; t < count; t++) met = v128.or(met, i8x16.eq(symbols, v128.load_splat<u8>(members + t)));
      store<u16>(plane + ((g << 4) + (v << 1)), <u16>i8x16.bitmask(met));
    }
  }
  for (let s: i32 = 1; s < 8; s++) {
    const moved = plane + <usize>s * stride;
    for (let g: i32 = 0; g < groups; g++) {
      const at = plane + (g << 4);
      const here = i64x2.shr_u(v128.load(at), s);
      const next = i64x2.shl(v128.load(at, 8), 64 - s);
      v128.store(moved + (g << 4), v128.or(here, next));
    }
  }
}

function word(addresses: usize, j: i32, b: usize): v128 {
  return v128.load(<usize>load<u32>(addresses + (j << 2)) + b);
}

/**
 * Adds a carry to the digits from place 4 on, `before` others having come: a carry waits at its place for a second one, and
 * a full adder takes both, so that a carry costs one adder on average and the branches repeat.
 */
function addSixteen(before: i32, given: v128): void {
  let carry = given;
  let at: usize = DIGITS + 64;
  let some = before;
  while (some & 1) {
    const digit = v128.load(at);
    const waiting = v128.load(at - BEFORE);
    const u = v128.xor(digit, waiting);
    v128.store(at, v128.xor(u, carry));
    carry = majority(digit, waiting, u, carry);
    at += 16;
    some >>= 1;
  }
  v128.store(at - BEFORE, carry);
}

/** Adds a vector of bits to the digits from place q on. */
function ripple(q: i32, carry: v128): void {
  let at = DIGITS + (q << 4);
  while (v128.any_true(carry)) {
    const digit = v128.load(at);
    v128.store(at, v128.xor(digit, carry));
    carry = v128.and(digit, carry);
    at += 16;
  }
}

/** The carry of a full adder: majority of a, b and c, where u = a ^ b. */
function majority(a: v128, b: v128, u: v128, c: v128): v128 {
  return v128.or(v128.and(a, b), v128.and(u, c));
}

/** Sums the bits of `count` positions for the 128 shifts from byte b on into the digits. */
function sumBits(addresses: usize, count: i32, b: usize): void {
  let ones = i8x16.splat(0);
  let twos = ones;
  let fours = ones;
  let eights = ones;
  let j: i32 = 0;
  for (; j + 16 <= count; j += 16) {
    let fourA = ones;
    let eightA = ones;
    for (let half: i32 = 0; half < 2; half++) {
      const base = j + (half << 3);
      let x = word(addresses, base, b);
      let y = word(addresses, base + 1, b);
      let u = v128.xor(ones, x);
      const twoA = majority(ones, x, u, y);
      ones = v128.xor(u, y);
      x = word(addresses, base + 2, b);
      y = word(addresses, base + 3, b);
      u = v128.xor(ones, x);
      const twoB = majority(ones, x, u, y);
      ones = v128.xor(u, y);
      u = v128.xor(twos, twoA);
      fourA = majority(twos, twoA, u, twoB);
      twos = v128.xor(u, twoB);
      x = word(addresses, base + 4, b);
      y = word(addresses, base + 5, b);
      u = v128.xor(ones, x);
      const twoC = majority(ones, x, u, y);
      ones = v128.xor(u, y);
      x = word(addresses, base + 6, b);
      y = word(addresses, base + 7, b);
      u = v128.xor(ones, x);
      const twoD = majority(ones, x, u, y);
      ones = v128.xor(u, y);
      u = v128.xor(twos, twoC);
      const fourB = majority(twos, twoC, u, twoD);
      twos = v128.xor(u, twoD);
      u = v128.xor(fours, fourA);
      const eight = majority(fours, fourA, u, fourB);
      fours = v128.xor(u, fourB);
      if (half == 0) {
        eightA = eight;
      } else {
        u = v128.xor(eights, eightA);
        const sixteen = majority(eights, eightA, u, eight);
        eights = v128.xor(u, eight);
        addSixteen(j >> 4, sixteen);
      }
    }
  }
  v128.store(DIGITS, ones);
  v128.store(DIGITS, twos, 16);
  v128.store(DIGITS, fours, 32);
  v128.store(DIGITS, eights, 48);
  let q: i32 = 4;
  for (let sixteens = count >> 4; sixteens != 0; sixteens >>= 1) {
    if (sixteens & 1) ripple(q, v128.load(DIGITS - BEFORE + (q << 4)));
    q++;
  }
  for (; j < count; j++) ripple(0, word(addresses, j, b));
}

/** Bytes 0 .. 15 of a count's digits for 16 shifts: lane k has the bit of shift k of digit q at place q mod 8. */
function byteOf(from: i32, to: i32, t: i32, bits: v128): v128 {
  let sum = i8x16.splat(0);
  for (let q = from; q < to; q++) {
    const pair = v128.load_splat<u16>(DIGITS + ((q << 4) + (t << 1)));
    const spread = i8x16.shuffle(pair, pair, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
    const met = i8x16.eq(v128.and(spread, bits), bits);
    sum = v128.or(sum, v128.and(met, i8x16.splat(<i8>(<i32>1 << (q - from)))));
  }
  return sum;
}

/** Writes `count` minus the sums of 128 shifts, entries of `width` bytes. */
function writeDifferences(used: i32, count: i32, out: usize, width: i32): void {
  const bits = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
  for (let t: i32 = 0; t < 8; t++) {
    if (width == 1) {
      v128.store(out + (t << 4), i8x16.sub(i8x16.splat(<i8>count), byteOf(0, used, t, bits)));
      continue;
    }
    const low = byteOf(0, min(used, 8), t, bits);
    const high = byteOf(8, min(used, 16), t, bits);
    const even = i8x16.shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const odd = i8x16.shuffle(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    if (width == 2) {
      const all = i16x8.splat(<i16>count);
      v128.store(out + (t << 5), i16x8.sub(all, even));
      v128.store(out + (t << 5), i16x8.sub(all, odd), 16);
      continue;
    }
    const top = byteOf(16, used, t, bits);
    const at = out + (t << 6);
    v128.store(SCRATCH, even);
    v128.store(SCRATCH, odd, 16);
    v128.store(SCRATCH, top, 32);
    for (let k: i32 = 0; k < 16; k++) {
      const sum = <u32>load<u16>(SCRATCH + (k << 1)) + ((<u32>load<u8>(SCRATCH + 32 + k)) << 16);
      store<u32>(at + (k << 2), <u32>count - sum);
    }
  }
}

/** Room beside the digits for one vector of 16 counts. */
const SCRATCH: usize = 448;

/**
 * Writes, for the groups `first` to `last` - 1 of 128 shifts, how many of the positions are not met.
 *
 * `addresses` holds for each position the address of its bits for shift 0; `out` has entries of `width` = 1, 2 or 4 bytes
 * that hold `count` < 2^24.
 */
export function planeMismatches(addresses: usize, count: i32, first: i32, last: i32, out: usize, width: i32): void {
  const used = 32 - clz(count);
  for (let g = first; g < last; g++) {
    for (let q: i32 = 4; q < 25; q++) v128.store(DIGITS + (q << 4), i8x16.splat(0));
    sumBits(addresses, count, <usize>(g << 4));
    writeDifferences(used, count, out + <usize>((g << 7) * width), width);
  }
}
