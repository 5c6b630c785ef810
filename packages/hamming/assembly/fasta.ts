// The letters between the line ends of a FASTA file, sixteen bytes a vector.

const LINE_FEED: u8 = 10;
const RETURN: u8 = 13;

/** 255 in the lanes that hold A to Z or a to z. */
function isLetter(bytes: v128): v128 {
  const small = v128.or(bytes, i8x16.splat(32));
  const behind = i8x16.sub(small, i8x16.splat(97));
  return i8x16.le_u(behind, i8x16.splat(25));
}

/** 255 in the lanes that hold `*` or `-`. */
function isSign(bytes: v128): v128 {
  return v128.or(i8x16.eq(bytes, i8x16.splat(42)), i8x16.eq(bytes, i8x16.splat(45)));
}

/**
 * Copies the letters of the bytes `from` to `end` - 1, small ones as capitals when `fold` is not 0, and leaves line ends
 * out; stops at the first byte that is neither, and at a return that no line feed follows before `end`. Gives its index, or
 * `end`.
 *
 * Writes to `tally` how many letters were copied, how many lines ended, and the index behind the last line end. Sixteen
 * bytes behind `end` are 0, and the output has room for sixteen letters more.
 */
export function fastaLetters(input: usize, from: i32, end: i32, fold: i32, output: usize, tally: usize): i32 {
  const bit = fold ? i8x16.splat(32) : i8x16.splat(0);
  let i = from;
  let to = output;
  let lines: i32 = 0;
  let start = from;
  while (i < end) {
    const bytes = v128.load(input + i);
    const letters = isLetter(bytes);
    v128.store(to, v128.andnot(bytes, v128.and(letters, bit)));
    const others = i8x16.bitmask(v128.or(letters, isSign(bytes))) ^ 0xffff;
    if (others == 0) {
      i += 16;
      to += 16;
      continue;
    }
    const some = ctz(others);
    i += some;
    to += some;
    const stop = load<u8>(input + i);
    if (stop == RETURN && load<u8>(input + i, 1) == LINE_FEED) i += 2;
    else if (stop == LINE_FEED) i++;
    else break;
    lines++;
    start = i;
  }
  store<i32>(tally, <i32>(to - output));
  store<i32>(tally, lines, 4);
  store<i32>(tally, start, 8);
  return i;
}
