/**
 * Finds the k-th smallest of some values by Hoare's selection, with the median of three as pivot.
 *
 * @param a - the values, at least k of them; reordered
 * @param k - which one, >= 1
 * @returns the value
 */
export function kthSmallest(a: Float64Array, k: number): number {
  let low = 0;
  let high = a.length - 1;
  const target = k - 1;
  while (low < high) {
    const [p, q, r] = [a[low], a[(low + high) >>> 1], a[high]];
    const pivot = Math.max(Math.min(p, q), Math.min(Math.max(p, q), r));
    let i = low;
    let j = high;
    while (i <= j) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i > j) break;
      const swapped = a[i];
      a[i++] = a[j];
      a[j--] = swapped;
    }
    if (target <= j) high = j;
    else if (target >= i) low = i;
    else break;
  }
  return a[target];
}
