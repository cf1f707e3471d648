import { type FencedBlock, findFencedBlocks } from '../mini-swe-agent/fences.ts';
import type { Segment } from './split-segment.ts';

/**
 * The fences of an agent's message that were executed. Text-based agents mark theirs with a label, and more than one is
 * a format error; tool calls are printed as bare fences at the end of the message, one for each result.
 */
export function findCommands(text: string, segment: Segment): readonly FencedBlock[] {
  const results = segment.replies.filter(({ role }) => role === 'Tool' || role === 'Function_call_output');
  const ended = segment.replies.some(({ role }) => role === 'Exit');
  const calls = results.length > 0 ? results.length : ended ? 1 : 0;
  const printed = calls > 0 ? findPrintedCalls(text, calls) : [];
  if (printed.length > 0) return printed;
  for (const label of ['mswea_bash_command', 'bash']) {
    const blocks = findFencedBlocks(text, label);
    if (blocks.length > 0) return blocks.length === 1 ? blocks : [];
  }
  return [];
}

interface FenceLine {
  readonly start: number;
  readonly end: number;
  readonly bare: boolean;
  /** Whether it stands at the start of the text or below an empty line, as printed calls do. */
  readonly apart: boolean;
}

/** The last bare fences of a text that ends with one; an agent's own examples may be fences too. */
function findPrintedCalls(text: string, calls: number): FencedBlock[] {
  const lines = findFenceLines(text);
  const last = lines.at(-1);
  if (!last?.bare || last.end !== text.length) return [];
  const pairs: [FenceLine, FenceLine][] = [];
  let open: FenceLine | undefined;
  for (const line of lines) {
    if (open && line.bare) {
      pairs.push([open, line]);
      open = undefined;
    } else open ??= line;
  }
  const wanted = pairs.slice(-calls);
  const fits = !open && wanted.every(([from]) => from.bare && from.apart);
  if (fits) return wanted.map(([from, to]) => blockBetween(text, from, to));
  // A command that holds fences itself: of one call at least the start is known.
  const start = lines.findLast((line) => line.bare && line.apart && line !== last);
  return start ? [blockBetween(text, start, last)] : [];
}

function blockBetween(text: string, from: FenceLine, to: FenceLine): FencedBlock {
  const content = text.slice(from.end, to.start).trim();
  return { content, start: from.start, end: to.end };
}

function findFenceLines(text: string): FenceLine[] {
  const found: FenceLine[] = [];
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (text.startsWith('```', start)) {
      const bare = text.slice(start + 3, end).trim() === '';
      const apart = start === 0 || /\n[ \t]*\n$/.test(text.slice(Math.max(0, start - 80), start));
      found.push({ start, end, bare, apart });
    }
    start = end + 1;
  }
  return found;
}
