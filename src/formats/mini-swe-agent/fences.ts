/** A fenced block of an assistant's text; offsets into that text, fences included. */
export interface FencedBlock {
  readonly content: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Blocks that the agent's own pattern finds: three backticks, the label, white space up to a line's end, and anything
 * up to the next line that starts with three backticks. The label `''` means a bare fence. Linear in the text.
 */
export function findFencedBlocks(text: string, label: string): FencedBlock[] {
  const opening = `\`\`\`${label}`;
  const blocks: FencedBlock[] = [];
  for (let start = text.indexOf(opening); start >= 0; ) {
    const body = findBody(text, start + opening.length);
    if (body === 'unclosed') break;
    if (body === undefined) {
      start = text.indexOf(opening, start + 1);
      continue;
    }
    const end = body.end + 4;
    blocks.push({ content: text.slice(body.start, body.end).trim(), start, end });
    start = text.indexOf(opening, end);
  }
  return blocks;
}

/** Where the content stands after an opening fence whose label ends at `from`; `end` is the closing fence's newline. */
function findBody(
  text: string,
  from: number,
): { readonly start: number; readonly end: number } | 'unclosed' | undefined {
  let at = from;
  let lastNewline = -1;
  let newlineBefore = -1;
  while (at < text.length && /\s/.test(text.charAt(at))) {
    if (text[at] === '\n') {
      newlineBefore = lastNewline;
      lastNewline = at;
    }
    at++;
  }
  if (lastNewline < 0) return undefined;
  const close = text.indexOf('\n```', lastNewline + 1);
  if (close >= 0) return { start: lastNewline + 1, end: close };
  // Nothing but empty lines between the fences: the closing one hangs on the last of them.
  if (newlineBefore >= 0 && text.startsWith('```', lastNewline + 1)) {
    return { start: newlineBefore + 1, end: lastNewline };
  }
  return 'unclosed';
}

/** The text around a block, each part trimmed. */
export function textAround(text: string, block: FencedBlock): string[] {
  return [text.slice(0, block.start).trim(), text.slice(block.end).trim()].filter((part) => part !== '');
}

/** The label in a recorded action pattern; undefined when the pattern is of another kind. */
export function labelOfPattern(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string') return undefined;
  return /^```([\w-]*)\\s\*\\n\(\.\*\?\)\\n```$/.exec(pattern)?.[1];
}

/** The blocks that count as actions where no pattern is recorded: the later versions' own label, else `bash`. */
export function findActionBlocks(text: string, label?: string): FencedBlock[] {
  if (label !== undefined) return findFencedBlocks(text, label);
  const own = findFencedBlocks(text, 'mswea_bash_command');
  return own.length > 0 ? own : findFencedBlocks(text, 'bash');
}
