import { isDecoration, type Role, readRoleMarker } from './markers.ts';
import type { LogLine } from './read-lines.ts';

/** What stands between two step markers: the agent's message, then the messages that answer it. */
export interface Segment {
  readonly assistant: readonly LogLine[];
  readonly replies: readonly Reply[];
}

export interface Reply {
  readonly role: Role;
  readonly lines: readonly LogLine[];
}

/**
 * Cuts a segment at its roles' markers. The agent's message ends at the first marker outside of a fence; a fence that
 * never closes does not hide the reply. Of the replies only `Tool` may come several times and `Exit` end the run: any
 * other marker below the first one is part of an output.
 */
export function splitSegment(lines: readonly LogLine[]): Segment {
  const first = findReply(lines, true) ?? findReply(lines, false);
  if (first === undefined) return { assistant: trimLines(lines), replies: [] };
  const replies: Reply[] = [];
  let role = roleAt(lines, first) ?? 'User';
  let from = first + 1;
  for (let i = from; i <= lines.length; i++) {
    const next = i < lines.length ? roleAt(lines, i) : undefined;
    const cuts = next === 'Exit' || (next === 'Tool' && role === 'Tool' && opensResult(lines[i + 1]?.text));
    if (i < lines.length && !cuts) continue;
    replies.push({ role, lines: trimLines(lines.slice(from, i)) });
    role = next ?? role;
    from = i + 1;
  }
  return { assistant: trimLines(lines.slice(0, first)), replies };
}

function roleAt(lines: readonly LogLine[], index: number): Role | undefined {
  return readRoleMarker(lines[index]?.text ?? '', lines[index - 1]?.text);
}

function findReply(lines: readonly LogLine[], outsideFences: boolean): number | undefined {
  let fenced = false;
  for (let i = 0; i < lines.length; i++) {
    const text = lines[i]?.text ?? '';
    if (text.startsWith('```')) fenced = !fenced;
    else if (!(fenced && outsideFences) && roleAt(lines, i)) return i;
  }
  return undefined;
}

function opensResult(line: string | undefined): boolean {
  return line !== undefined && /^(?:<(?:returncode|exception|output|warning)>|\{)/.test(line);
}

/** Without empty lines and decoration at both ends. */
export function trimLines(lines: readonly LogLine[]): readonly LogLine[] {
  let from = 0;
  let to = lines.length;
  const isNothing = (line: LogLine | undefined): boolean =>
    line !== undefined && (line.text.trim() === '' || isDecoration(line.text));
  while (from < to && isNothing(lines[from])) from++;
  while (to > from && isNothing(lines[to - 1])) to--;
  return lines.slice(from, to);
}

export function textOf(lines: readonly LogLine[]): string {
  return lines.map((line) => line.text).join('\n');
}
