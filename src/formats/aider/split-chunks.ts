import { findEditEnd } from './edit-marks.ts';
import type { Session } from './read-sessions.ts';
import type { Chunk, HistoryLine } from './schema.ts';

/**
 * Cuts a session into what the user, aider and the agent wrote. Prompts have `#### ` before every line, aider's own
 * lines `> `; both end in two spaces where aider wrote them, which tells them from headings and quotes in an answer.
 * Of a message of aider with several lines only the first is marked, and only the last ends in the spaces:
 *
 *     > Tokens: 1,567 sent, 34 received.
 *     Cost: $0.0052 message.··
 *
 * Inside an edit block every line is the agent's.
 */
export function splitChunks(session: Session): Chunk[] {
  const splitter = new Splitter(session);
  for (let i = 0; i < session.lines.length; ) i = splitter.readAt(i);
  return splitter.chunks;
}

const PROMPT = /^####(?: |$)/;
/** Markup of a web page around an excerpt. */
const PAGE_MARKUP = /^<(?:\/?div(?: [^<>]*)?|br ?\/?)>\s*$/;

class Splitter {
  readonly chunks: { kind: Chunk['kind']; lines: HistoryLine[] }[] = [];
  private readonly lines: readonly HistoryLine[];
  private readonly headed: boolean;
  private readonly breaks: readonly number[];
  private kind: Chunk['kind'] | 'blank' = 'blank';

  constructor({ lines, headed }: Session) {
    this.lines = lines;
    this.headed = headed;
    this.breaks = nextBreaks(lines);
  }

  /** Reads what begins on a line; answers the index of the line after it. */
  readAt(index: number): number {
    const text = this.textAt(index);
    const editEnd = findEditEnd(this.lines, index);
    if (editEnd !== undefined) return this.addAll('agent', index, editEnd);
    if (PROMPT.test(text) && (!this.headed || text.endsWith('  '))) {
      this.add('prompt', index, text.slice(5).trimEnd());
      return index + 1;
    }
    if (text.startsWith('>')) {
      const end = this.endOfMessage(index);
      if (end === undefined) return this.addAll('agent', index, index);
      this.add('tool', index, text.replace(/^> ?/, '').trimEnd());
      for (let i = index + 1; i <= end; i++) this.add('tool', i, this.textAt(i).trimEnd());
      return end + 1;
    }
    const blank = text.trim() === '' || (!this.headed && PAGE_MARKUP.test(text));
    if (!blank) return this.addAll('agent', index, index);
    if (this.kind === 'agent') this.add('agent', index, '');
    else this.kind = 'blank';
    return index + 1;
  }

  private textAt(index: number): string {
    return this.lines[index]?.text ?? '';
  }

  private addAll(kind: Chunk['kind'], from: number, to: number): number {
    for (let i = from; i <= to; i++) this.add(kind, i, this.textAt(i));
    return to + 1;
  }

  private add(kind: Chunk['kind'], index: number, text: string): void {
    const line = { line: this.lines[index]?.line ?? 1, text };
    const last = this.chunks.at(-1);
    // A blank line parts two prompts; within the words of the others it parts nothing.
    if (last?.kind === kind && (this.kind === kind || kind !== 'prompt')) last.lines.push(line);
    else this.chunks.push({ kind, lines: [line] });
    this.kind = kind;
  }

  /** Index of the last line of aider's message that begins here; undefined when it is a quote of the agent's. */
  private endOfMessage(start: number): number | undefined {
    const text = this.textAt(start);
    if (text.endsWith('  ')) return start;
    const expected = this.kind !== 'agent';
    const end = this.breaks[start] ?? this.lines.length;
    const last = end < this.lines.length ? this.textAt(end) : undefined;
    const marked = last === undefined || last.startsWith('>') || PROMPT.test(last);
    const continues = this.textAt(start + 1).trim() !== '' && !marked;
    if (continues && (expected || text.startsWith('> Tokens: '))) return end;
    // Without a header the file is an excerpt, whose ends of lines were often cleaned.
    return this.headed ? undefined : start;
  }
}

/** For each line the index of the next one, itself included, that ends in the two spaces. */
function nextBreaks(lines: readonly HistoryLine[]): number[] {
  const breaks: number[] = [];
  let next = lines.length;
  for (let i = lines.length - 1; i >= 0; i--) {
    if (lines[i]?.text.endsWith('  ')) next = i;
    breaks[i] = next;
  }
  return breaks;
}
