/** How many times k has to fit into the number of values for the k smallest to be kept in order instead of a selection. */
const FEW = 64;

/**
 * Finds the k-th smallest of some values: by keeping the k smallest in order where k is small, so that nearly every value
 * costs one comparison, else by Hoare's selection, with the median of three as pivot.
 *
 * @param values - the values, at least k of them; may be reordered
 * @param k - which one, >= 1
 * @returns the value
 */
export function kthSmallest(values: Float64Array, k: number): number {
  return k * FEW <= values.length ? largestOfFew(values, k) : select(values, k - 1);
}

/** The largest of the k smallest, which are kept in order. */
function largestOfFew(values: Float64Array, k: number): number {
  const few = values.slice(0, k).sort();
  let largest = few[k - 1];
  for (let i = k; i < values.length; i++) {
    const value = values[i];
    if (!(value < largest)) continue;
    let place = k - 1;
    for (; place > 0 && few[place - 1] > value; place--) few[place] = few[place - 1];
    few[place] = value;
    largest = few[k - 1];
  }
  return largest;
}

/** The value that stands at a place once the values are in order. */
function select(a: Float64Array, target: number): number {
  let low = 0;
  let high = a.length - 1;
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
