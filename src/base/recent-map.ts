/**
 * A map that forgets: it holds at least the last `limit` keys that were set, and at most twice as many, whatever passes
 * through. For look-ups whose answer is almost always near, over inputs of any length.
 */
export class RecentMap<K, V> {
  private recent = new Map<K, V>();
  private older = new Map<K, V>();
  private readonly limit: number;
  /** Told of each entry that is forgotten. */
  private readonly forget: ((value: V) => void) | undefined;

  constructor(limit: number, forget?: (value: V) => void) {
    this.limit = limit;
    this.forget = forget;
  }

  get(key: K): V | undefined {
    return this.recent.get(key) ?? this.older.get(key);
  }

  has(key: K): boolean {
    return this.recent.has(key) || this.older.has(key);
  }

  set(key: K, value: V): void {
    this.older.delete(key);
    this.recent.set(key, value);
    if (this.recent.size < this.limit) return;
    if (this.forget) for (const old of this.older.values()) this.forget(old);
    this.older = this.recent;
    this.recent = new Map();
  }

  delete(key: K): void {
    this.recent.delete(key);
    this.older.delete(key);
  }

  *values(): IterableIterator<V> {
    yield* this.older.values();
    yield* this.recent.values();
  }
}
