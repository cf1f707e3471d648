/** The place of one artifact in the order of a batch; it is filled by whoever works on it. */
export interface BatchSlot<Item> {
  push(item: Item): void;
  end(): void;
  /** Resolves when everything pushed so far was taken by the consumer; true when nothing more is wanted. */
  taken(): Promise<boolean>;
}

class Slot<Item> implements BatchSlot<Item> {
  readonly items: Item[] = [];
  isDone = false;
  private readonly queue: BatchQueue<Item>;

  constructor(queue: BatchQueue<Item>) {
    this.queue = queue;
  }

  push(item: Item): void {
    this.items.push(item);
    this.queue.notify();
  }

  end(): void {
    this.isDone = true;
    this.queue.notify();
  }

  async taken(): Promise<boolean> {
    while (this.items.length > 0 && !this.queue.isStopped) await this.queue.changed();
    return this.queue.isStopped;
  }
}

/** So many artifacts are found ahead of the one that is handed out. */
const WINDOW = 4096;

/**
 * Brings the results of work that ends in any order back into the order in which it was found. One producer opens
 * slots, many fill them, one consumer drains; the producer waits for `room`, so that memory is bounded.
 */
export class BatchQueue<Item> {
  isStopped = false;
  private slots: Slot<Item>[] = [];
  private head = 0;
  private readonly asides: Item[] = [];
  private isClosed = false;
  private failure: { readonly error: unknown } | undefined;
  private waiting: (() => void)[] = [];
  private readonly window: number;

  constructor(window = WINDOW) {
    this.window = window;
  }

  open(): BatchSlot<Item> {
    const slot = new Slot(this);
    this.slots.push(slot);
    this.notify();
    return slot;
  }

  /** An item that is done already, in its place. */
  settle(item: Item): void {
    const slot = this.open();
    slot.push(item);
    slot.end();
  }

  /** An item whose place does not matter. */
  aside(item: Item): void {
    this.asides.push(item);
    this.notify();
  }

  get isFull(): boolean {
    return this.slots.length - this.head + this.asides.length >= this.window;
  }

  async room(): Promise<void> {
    while (!this.isStopped && this.isFull) await this.changed();
  }

  /** No slot follows. */
  close(): void {
    this.isClosed = true;
    this.notify();
  }

  /** The consumer gets this error instead of what is left. */
  fail(error: unknown): void {
    this.failure ??= { error };
    this.notify();
  }

  /** The consumer wants nothing more. */
  stop(): void {
    this.isStopped = true;
    this.notify();
  }

  notify(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  changed(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  async *drain(): AsyncGenerator<Item> {
    for (;;) {
      if (this.failure) throw this.failure.error;
      const item = this.next();
      if (item !== undefined) {
        yield item;
        this.notify();
      } else if (this.isClosed && this.head === this.slots.length) return;
      else await this.changed();
    }
  }

  private next(): Item | undefined {
    const aside = this.asides.shift();
    if (aside !== undefined) return aside;
    for (let slot = this.slots[this.head]; slot; slot = this.slots[this.head]) {
      const item = slot.items.shift();
      if (item !== undefined) return item;
      if (!slot.isDone) return undefined;
      this.head++;
      this.notify();
      if (this.head >= this.window) {
        this.slots = this.slots.slice(this.head);
        this.head = 0;
      }
    }
    return undefined;
  }
}
