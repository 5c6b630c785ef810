// Sixteen pattern positions a vector: a window is compared piece by piece until too many positions differ. Bytes are met by
// equal ones or, when they are sets (`masked`), by those that share a bit; positions whose `care` is 0 always are.

/**
 * Keeps the shifts `first` to `end` - 1 at which at most k of the pattern's positions differ, with their distances; ends
 * early once more than `most` positions are compared.
 *
 * `pattern` and `care` (255 for positions that count) are `pieces` vectors of 16, the last of which has `last` positions;
 * piece `start` is compared first, then the others as they come. `tally` gets the numbers of compared positions and of
 * shifts that are kept.
 *
 * @returns the shift after the last one that was compared
 */
export function abortScan(
  text: usize,
  pattern: usize,
  care: usize,
  pieces: i32,
  last: i32,
  start: i32,
  first: i32,
  end: i32,
  k: i32,
  most: i32,
  masked: i32,
  shifts: usize,
  distances: usize,
  tally: usize,
): i32 {
  const zero = i8x16.splat(0);
  let compared: i32 = 0;
  let kept: i32 = 0;
  let shift = first;
  while (shift < end && compared <= most) {
    const window = text + shift;
    let distance: i32 = 0;
    let piece = start;
    let next: i32 = 0;
    while (true) {
      const at = piece << 4;
      const symbols = v128.load(window + at);
      const wanted = v128.load(pattern + at);
      const differs = masked ? i8x16.eq(v128.and(symbols, wanted), zero) : i8x16.ne(symbols, wanted);
      distance += popcnt<i32>(i8x16.bitmask(v128.and(differs, v128.load(care + at))));
      compared += piece == pieces - 1 ? last : 16;
      if (next == start) next++;
      if (distance > k || next >= pieces) break;
      piece = next++;
    }
    if (distance <= k) {
      store<u32>(shifts + (kept << 2), shift);
      store<u32>(distances + (kept << 2), distance);
      kept++;
    }
    shift++;
  }
  store<u32>(tally, compared);
  store<u32>(tally, kept, 4);
  return shift;
}
