type Entry =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'full'; readonly text: string }
  /** The text before with `removed` characters at `offset` replaced by `inserted`. */
  | { readonly kind: 'splice'; readonly offset: number; readonly removed: number; readonly inserted: string };

/** After so many splices in a row a whole text is stored, so that no version is far from one. */
const LONGEST_CHAIN = 64;
const UNKNOWN: Entry = { kind: 'unknown' };

/**
 * The contents of one file's versions, stored as differences with whole texts in between: memory grows with what
 * the changes wrote, not with the size of the file times its versions.
 */
export class ContentLog {
  private readonly entries: Entry[] = [];
  private chain = 0;
  private last: string | undefined;

  /** Content of the newest version; undefined when unknown. */
  get current(): string | undefined {
    return this.last;
  }

  push(content: string | undefined): void {
    this.entries.push(this.encode(content));
    this.last = content;
  }

  /** A version that only adds text at the end: costs no look at the text before, which may be long. */
  append(text: string): void {
    const before = this.last;
    if (before === undefined) return this.push(undefined);
    const after = before + text;
    this.chain = this.chain >= LONGEST_CHAIN ? 0 : this.chain + 1;
    this.entries.push(
      this.chain === 0
        ? { kind: 'full', text: after }
        : { kind: 'splice', offset: before.length, removed: 0, inserted: text },
    );
    this.last = after;
  }

  /** The newest version's content became known after all. */
  fill(content: string): void {
    this.entries[this.entries.length - 1] = { kind: 'full', text: content };
    this.chain = 0;
    this.last = content;
  }

  /** Content of the version at `index`, from 0. */
  get(index: number): string | undefined {
    if (index === this.entries.length - 1) return this.last;
    let start = index;
    while (this.entries[start]?.kind === 'splice') start--;
    const base = this.entries[start];
    if (base?.kind !== 'full') return undefined;
    let text = base.text;
    for (let i = start + 1; i <= index; i++) {
      const entry = this.entries[i];
      if (entry?.kind !== 'splice') continue;
      text = text.slice(0, entry.offset) + entry.inserted + text.slice(entry.offset + entry.removed);
    }
    return text;
  }

  private encode(content: string | undefined): Entry {
    if (content === undefined) return UNKNOWN;
    if (this.last === undefined || this.chain >= LONGEST_CHAIN) return this.encodeFull(content);
    const { offset, removed, inserted } = difference(this.last, content);
    if (inserted.length * 2 > content.length) return this.encodeFull(content);
    this.chain++;
    // Copied, for a slice would keep the whole text that it was cut from.
    return { kind: 'splice', offset, removed, inserted: copyText(inserted) };
  }

  private encodeFull(content: string): Entry {
    this.chain = 0;
    return { kind: 'full', text: content };
  }
}

function difference(before: string, after: string): { offset: number; removed: number; inserted: string } {
  const shorter = Math.min(before.length, after.length);
  let offset = 0;
  while (offset < shorter && before.charCodeAt(offset) === after.charCodeAt(offset)) offset++;
  let tail = 0;
  while (
    tail < shorter - offset &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return {
    offset,
    removed: before.length - tail - offset,
    inserted: after.slice(offset, after.length - tail),
  };
}

/** Engines keep a slice as a view into its parent; slicing a fresh concatenation makes the parent as small as the slice. */
function copyText(text: string): string {
  return ` ${text}`.slice(1);
}
