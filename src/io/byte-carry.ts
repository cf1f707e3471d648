/** Collects the bytes of one value over chunks; beyond its limit it only counts. */
export class ByteCarry {
  private parts: Buffer[] = [];
  private total = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  get length(): number {
    return this.total;
  }

  get isOverLimit(): boolean {
    return this.total > this.limit;
  }

  /** Copies: the chunk may be reused by its owner. */
  add(part: Uint8Array): void {
    if (part.length === 0) return;
    this.total += part.length;
    if (this.total > this.limit) this.parts = [];
    else this.parts.push(Buffer.from(part));
  }

  /** The bytes so far (none when over the limit); the carry is empty afterwards. */
  take(): Buffer {
    const bytes = this.parts.length === 1 && this.parts[0] ? this.parts[0] : Buffer.concat(this.parts);
    this.parts = [];
    this.total = 0;
    return bytes;
  }
}
