const START = 1 << 10;

/**
 * A set of 32-bit hashes in one typed array: a fraction of the memory of a `Set` of numbers. Two texts share a hash once
 * in four billion, so shares that are counted with it are off by far less than they are rounded.
 */
export class HashSet {
  /** Entries past this number are not taken: `isFull` says so. */
  readonly limit: number;
  isFull = false;
  private slots = new Uint32Array(START);
  private used = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get size(): number {
    return this.used;
  }

  add(hash: number): void {
    if (this.used >= this.limit) {
      this.isFull = true;
      return;
    }
    if (this.used * 2 >= this.slots.length) this.grow();
    if (insert(this.slots, keyOf(hash))) this.used++;
  }

  has(hash: number): boolean {
    const key = keyOf(hash);
    const { slots } = this;
    const mask = slots.length - 1;
    for (let at = key & mask; ; at = (at + 1) & mask) {
      const found = slots[at];
      if (found === key) return true;
      if (found === 0) return false;
    }
  }

  private grow(): void {
    const grown = new Uint32Array(this.slots.length * 4);
    for (const key of this.slots) if (key !== 0) insert(grown, key);
    this.slots = grown;
  }
}

/** Zero marks an empty slot. */
function keyOf(hash: number): number {
  return hash === 0 ? 1 : hash >>> 0;
}

function insert(slots: Uint32Array, key: number): boolean {
  const mask = slots.length - 1;
  for (let at = key & mask; ; at = (at + 1) & mask) {
    const found = slots[at];
    if (found === key) return false;
    if (found === 0) {
      slots[at] = key;
      return true;
    }
  }
}
