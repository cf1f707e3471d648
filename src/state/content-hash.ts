/**
 * A 52-bit hash of a text that can go on when text is added at the end. Newlines at the very end do not count:
 * frameworks cut them off in what they show, so a file that was read must equal the one that was written.
 */
export class ContentHash {
  private h1 = 0x9e3779b9;
  private h2 = 0x85ebca6b;
  private newlines = 0;
  private empty = true;

  /** Takes in more text and answers this hash, for chaining. */
  extend(text: string): this {
    let end = text.length;
    while (end > 0 && text.charCodeAt(end - 1) === 10) end--;
    if (end > 0) {
      this.empty = false;
      for (; this.newlines > 0; this.newlines--) this.mix(10);
      for (let i = 0; i < end; i++) this.mix(text.charCodeAt(i));
    }
    this.newlines += text.length - end;
    return this;
  }

  get value(): number {
    // Newlines alone are not nothing.
    if (this.empty && this.newlines > 0) return 10;
    const high = Math.imul(this.h1 ^ (this.h1 >>> 15), 2246822507) ^ this.h2;
    const low = Math.imul(this.h2 ^ (this.h2 >>> 13), 3266489909) ^ this.h1;
    return (high & 0xfffff) * 4294967296 + (low >>> 0);
  }

  private mix(code: number): void {
    this.h1 = Math.imul(this.h1 ^ code, 2654435761);
    this.h2 = (Math.imul(this.h2 ^ code, 1597334677) + (this.h1 >>> 11)) | 0;
  }
}

export function hashContent(text: string): number {
  return new ContentHash().extend(text).value;
}
