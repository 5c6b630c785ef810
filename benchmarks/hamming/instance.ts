// What every problem of this folder starts from, and the distances by definition: plain counting, none of our methods.

/** Symbols of a text or pattern, one number each. */
export type Codes = Uint8Array | Uint16Array;

/** What a data set makes. */
export interface HammingInput {
  /** Text of n symbols. */
  readonly text: Codes;
  /** Pattern of m symbols, of the same type as the text. */
  readonly pattern: Codes;
}

/** How often a window of the text differs from the pattern, or k + 1 once that is more than k. */
export function windowDistance({ text, pattern }: HammingInput, at: number, k: number): number {
  let distance = 0;
  for (let j = 0; j < pattern.length && distance <= k; j++) if (text[at + j] !== pattern[j]) distance++;
  return distance;
}

/**
 * All distances, by raising the count of the shift i - j for each text position i and each place j of the same symbol in
 * the pattern.
 */
export function allDistances({ text, pattern }: HammingInput): Float64Array {
  const m = pattern.length;
  const places = new Map<number, number[]>();
  pattern.forEach((symbol, j) => {
    const list = places.get(symbol);
    if (list === undefined) places.set(symbol, [j]);
    else list.push(j);
  });
  const lists = new Map([...places].map(([symbol, list]) => [symbol, Int32Array.from(list)]));
  const none = new Int32Array(0);
  // Entry i - j + m - 1, so that windows that stick out at either end have a place too.
  const matches = new Float64Array(text.length + m);
  for (let i = 0; i < text.length; i++) {
    const list = lists.get(text[i]) ?? none;
    for (let t = 0; t < list.length; t++) matches[i - list[t] + m - 1] += 1;
  }
  return matches.slice(m - 1, text.length).map((count) => m - count);
}

/** Computes once for each object: a problem is asked for the same truth at every sample. */
export function oncePer<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
