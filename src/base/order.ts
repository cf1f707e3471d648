/** First index in a sorted array whose key is greater than `key`; `array.length` when there is none. */
export function upperBound<T>(sorted: readonly T[], key: number, keyOf: (item: T) => number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyOf(sorted[middle] as T) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last item whose key is at most `key`. */
export function lastAtMost<T>(sorted: readonly T[], key: number, keyOf: (item: T) => number): T | undefined {
  return sorted[upperBound(sorted, key, keyOf) - 1];
}

const collator = new Intl.Collator('en', { numeric: true });

/** Orders names as people do: `9.json` before `10.json`; ties by code unit, so the order is total. */
export function compareNatural(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
