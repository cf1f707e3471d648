import { findEdit } from './edit-marks.ts';
import type { HistoryLine } from './schema.ts';

/** A change of a file that an answer asks for. */
export interface Edit {
  /** `edit_block`: search and replace; `whole_file`: its new content; `unified_diff`. */
  readonly tool: 'edit_block' | 'whole_file' | 'unified_diff';
  readonly path: string;
  readonly args: { readonly path: string; readonly [key: string]: string };
  /** As it stands, from the path or the fence to the closing mark. */
  readonly raw: string;
  readonly line: number;
}

export type AnswerPart =
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  | { readonly kind: 'edit'; readonly edit: Edit };

/** Opens or closes a block of code; aider picks the first kind that the files themselves do not hold. */
const FENCE =
  /^(?:`{3,6}|<(?:source|code|pre|codeblock|sourcecode)>|<\/(?:source|code|pre|codeblock|sourcecode)>)(\S*)\s*$/;

/**
 * Cuts an answer into words and edits. Edit blocks tell themselves; whole files and diffs are told from other code only
 * by what aider says of the answer: `changed` holds the paths that it named afterwards.
 */
export function parseAnswer(lines: readonly HistoryLine[], changed: ReadonlySet<string>): AnswerPart[] {
  const parts: AnswerPart[] = [];
  let words: HistoryLine[] = [];
  let path: string | undefined;
  /** A fence was opened before a block and not closed after it: several blocks stand in one. */
  let fenced = false;
  const flush = (): void => {
    const text = words
      .map((line) => line.text)
      .join('\n')
      .trim();
    const first = words.find((line) => line.text.trim() !== '');
    if (text !== '' && first) parts.push({ kind: 'text', text, line: first.line });
    words = [];
  };
  const blocks = lines.some((_, i) => findEdit(lines, i) !== undefined);
  const unclosed = new Set<string>();
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (!line) break;
    const span = findEdit(lines, i);
    if (span) {
      const head = takeHead(words);
      flush();
      path = head.path ?? path ?? '';
      parts.push({ kind: 'edit', edit: toBlock(lines, span, head.lines, path) });
      i = span.close;
      fenced ||= head.fenced;
      if (fenced && FENCE.test(lines[i + 1]?.text ?? '')) {
        i++;
        fenced = false;
      }
      continue;
    }
    const code = blocks ? undefined : readFenced(lines, i, words, changed, unclosed);
    if (!code) {
      words.push(line);
      continue;
    }
    words.splice(words.length - code.headLines);
    flush();
    parts.push({ kind: 'edit', edit: code.edit });
    i = code.end;
  }
  flush();
  return parts;
}

/** Takes the path and the fence that stand right before a block off the words. */
function takeHead(words: HistoryLine[]): { path: string | undefined; fenced: boolean; lines: HistoryLine[] } {
  const taken: HistoryLine[] = [];
  let path: string | undefined;
  let fenced = false;
  while (taken.length < 2) {
    const last = words.at(-1);
    if (!last) break;
    const isFence = FENCE.test(last.text);
    const name = isFence ? undefined : readPath(last.text);
    if ((isFence && fenced) || (!isFence && (name === undefined || path !== undefined))) break;
    if (isFence) fenced = true;
    else path = name;
    taken.unshift(last);
    words.pop();
  }
  return { path, fenced, lines: taken };
}

/** A line that holds nothing but a path, with the marks that models like to put around it. */
export function readPath(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^(?:#{1,6} |[*`"']{1,3})+/, '')
    .replace(/[*`"':]{1,4}$/, '')
    .trim();
  if (bare === '' || bare.length > 300 || /\s{2}|[<>|?"`=]/.test(bare)) return undefined;
  if (/\s/.test(bare) && !/[/\\]/.test(bare)) return undefined;
  return /[./\\]/.test(bare) && !/[.,;!]$/.test(bare)
    ? bare
    : /^[A-Z][\w-]{2,40}$/.test(bare)
      ? bare
      : undefined;
}

function toBlock(
  lines: readonly HistoryLine[],
  span: { open: number; divide: number; close: number },
  head: readonly HistoryLine[],
  path: string,
): Edit {
  const first = head[0] ?? lines[span.open];
  return {
    tool: 'edit_block',
    path,
    args: {
      path,
      search: textOf(lines.slice(span.open + 1, span.divide)),
      replace: textOf(lines.slice(span.divide + 1, span.close)),
    },
    raw: [...head, ...lines.slice(span.open, span.close + 1)].map(({ text }) => text).join('\n'),
    line: first?.line ?? 1,
  };
}

/** Each line with its end. */
function textOf(lines: readonly HistoryLine[]): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}

/** A fenced block whose path aider named: a whole file, or a diff. */
function readFenced(
  lines: readonly HistoryLine[],
  start: number,
  words: readonly HistoryLine[],
  changed: ReadonlySet<string>,
  unclosed: Set<string>,
): { edit: Edit; headLines: number; end: number } | undefined {
  const open = lines[start]?.text ?? '';
  const language = FENCE.exec(open)?.[1];
  if (language === undefined || changed.size === 0) return undefined;
  const closing = open.startsWith('<')
    ? open.trimEnd().replace('<', '</').replace(/>.*$/, '>')
    : /^`+/.exec(open)?.[0];
  // Looked for once: what does not close here closes nowhere after it.
  if (closing === undefined || unclosed.has(closing)) return undefined;
  let end = start + 1;
  while (end < lines.length && lines[end]?.text.trimEnd() !== closing) end++;
  if (end >= lines.length) {
    unclosed.add(closing);
    return undefined;
  }
  const inside = lines.slice(start + 1, end);
  const raw = lines.slice(start, end + 1).map(({ text }) => text);
  const line = lines[start]?.line ?? 1;
  if (language === 'diff') {
    const path = diffPath(inside);
    if (path === undefined || !changed.has(path)) return undefined;
    const args = { path, diff: textOf(inside) };
    return { edit: { tool: 'unified_diff', path, args, raw: raw.join('\n'), line }, headLines: 0, end };
  }
  const above = words.at(-1);
  const path = above && readPath(above.text);
  if (!above || path === undefined || !changed.has(path)) return undefined;
  const edit: Edit = {
    tool: 'whole_file',
    path,
    args: { path, content: textOf(inside) },
    raw: [above.text, ...raw].join('\n'),
    line: above.line,
  };
  return { edit, headLines: 1, end };
}

function diffPath(lines: readonly HistoryLine[]): string | undefined {
  for (const { text } of lines) {
    const path = /^\+\+\+ (\S{1,500})/.exec(text)?.[1];
    if (path !== undefined) return path.replace(/^[ab]\//, '');
  }
  return undefined;
}
