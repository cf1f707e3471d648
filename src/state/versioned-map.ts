import { lastAtMost } from '../base/order.ts';

interface Entry<V> {
  readonly at: number;
  /** Undefined: the key is gone from here on. */
  readonly value: V | undefined;
}

/**
 * A map with its history: every key has the list of its values by position, so memory grows with the changes and a
 * value at any position is found by binary search. Positions of one key never go backwards.
 */
export class VersionedMap<K, V> {
  private readonly histories = new Map<K, Entry<V>[]>();

  set(key: K, at: number, value: V | undefined): void {
    const history = this.histories.get(key);
    if (!history) {
      if (value !== undefined) this.histories.set(key, [{ at, value }]);
      return;
    }
    // Within one step only the last word counts.
    if (history.at(-1)?.at === at) history.pop();
    history.push({ at, value });
  }

  /** The newest value. */
  latest(key: K): V | undefined {
    return this.histories.get(key)?.at(-1)?.value;
  }

  get(key: K, at: number): V | undefined {
    const history = this.histories.get(key);
    return history && lastAtMost(history, at, (entry) => entry.at)?.value;
  }

  keys(): IterableIterator<K> {
    return this.histories.keys();
  }

  /** The map as it was at a position. Reading one key costs a binary search; walking it, one per key ever set. */
  view(at: number): ReadonlyMap<K, V> {
    return new MapView(this, at);
  }
}

class MapView<K, V> implements ReadonlyMap<K, V> {
  private readonly source: VersionedMap<K, V>;
  private readonly position: number;

  constructor(source: VersionedMap<K, V>, position: number) {
    this.source = source;
    this.position = position;
  }

  get size(): number {
    let count = 0;
    for (const _ of this.entries()) count++;
    return count;
  }

  get(key: K): V | undefined {
    return this.source.get(key, this.position);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  forEach(visit: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  *entries(): MapIterator<[K, V]> {
    for (const key of this.source.keys()) {
      const value = this.get(key);
      if (value !== undefined) yield [key, value];
    }
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }
}
