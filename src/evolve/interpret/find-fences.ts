export interface Fences {
  /** Contents of the blocks, in order. */
  readonly blocks: readonly string[];
  /** What stands outside of them. */
  readonly around: string;
}

/** Cuts a text at blocks between a line that begins with `open` and the next line that is `close`. Linear. */
export function findFences(text: string, open: string, close: string): Fences {
  const blocks: string[] = [];
  const around: string[] = [];
  let inside: string[] | undefined;
  for (const line of text.split('\n')) {
    if (inside) {
      if (line.trim() === close) {
        blocks.push(inside.join('\n'));
        inside = undefined;
      } else inside.push(line);
    } else if (opens(line, open)) inside = [];
    else around.push(line);
  }
  // A block that does not end is none: its text is not lost.
  if (inside) around.push(open, ...inside);
  return { blocks, around: around.join('\n').trim() };
}

/** The rest of the opening line must be blank, so that one word as `open` does not match a longer one. */
function opens(line: string, open: string): boolean {
  const trimmed = line.trimEnd();
  return trimmed.startsWith(open) && trimmed.slice(open.length).trim() === '';
}
