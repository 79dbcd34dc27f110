/**
 * Counts the first items of a sorted list, by binary search.
 *
 * @param length of the list
 * @param isFirst whether the item at an index is one of them; all before it are as well
 */
export function countFirst(length: number, isFirst: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isFirst(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
