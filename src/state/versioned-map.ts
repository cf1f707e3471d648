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
  view(at: number): ReadonlyMap<K, V>;
  /** `show` makes of each value what the map answers with. */
  view<W>(at: number, show: (value: V) => W): ReadonlyMap<K, W>;
  view<W>(at: number, show?: (value: V) => W): ReadonlyMap<K, V | W> {
    return new MapView<K, V, V | W>(this, at, show ?? ((value) => value));
  }
}

class MapView<K, S, V> implements ReadonlyMap<K, V> {
  private readonly source: VersionedMap<K, S>;
  private readonly position: number;
  private readonly show: (value: S) => V;

  constructor(source: VersionedMap<K, S>, position: number, show: (value: S) => V) {
    this.source = source;
    this.position = position;
    this.show = show;
  }

  get size(): number {
    let count = 0;
    for (const _ of this.entries()) count++;
    return count;
  }

  get(key: K): V | undefined {
    const value = this.source.get(key, this.position);
    return value === undefined ? undefined : this.show(value);
  }

  has(key: K): boolean {
    return this.source.get(key, this.position) !== undefined;
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
