/**
 * Computes once for each list of arguments: a claim and its baseline share what they have in common.
 *
 * @param compute - what to compute
 * @returns the same function, whose results are kept
 */
export function once<Key extends readonly (string | number)[], T>(compute: (...key: Key) => T): (...key: Key) => T {
  const results = new Map<string, T>();
  return (...key) => {
    const name = JSON.stringify(key);
    if (!results.has(name)) results.set(name, compute(...key));
    return results.get(name) as T;
  };
}
