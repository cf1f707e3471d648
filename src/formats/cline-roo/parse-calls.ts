import type { JsonObject } from '../../base/json.ts';

/** A part of an answer in the XML style: the agent's words, or a call. */
export type AnswerPart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'call';
      readonly tool: string;
      readonly args: JsonObject;
      /** The call as it stands, tags included. */
      readonly raw: string;
      /** False when the answer was cut off inside the call. */
      readonly complete: boolean;
    };

const TAG = /<([A-Za-z_][\w-]{0,60})>/g;
/** Values of these run to the LAST closing tag: they may hold such a tag themselves. */
const WHOLE = new Set(['content', 'diff', 'result', 'args', 'arguments', 'message', 'context']);

/**
 * Cuts an answer into words and calls. `tools` are the names that open a call; a call that does not end is one only
 * when `answered` holds its name, since then the extension took it as one.
 */
export function parseCalls(
  text: string,
  tools: ReadonlySet<string>,
  answered: ReadonlySet<string>,
): AnswerPart[] {
  const parts: AnswerPart[] = [];
  /** Names without a closing tag from here on: looked for once, so that the cost stays linear. */
  const unclosed = new Set<string>();
  let open: { start: number; name: string } | undefined;
  const called = new Set<string>();
  let done = 0;
  TAG.lastIndex = 0;
  for (let match = TAG.exec(text); match; match = TAG.exec(text)) {
    const name = match[1] ?? '';
    if (!tools.has(name) && !answered.has(name)) continue;
    const close = unclosed.has(name) ? -1 : text.indexOf(`</${name}>`, TAG.lastIndex);
    if (close < 0) {
      unclosed.add(name);
      open = { start: match.index, name };
      continue;
    }
    const end = close + name.length + 3;
    addText(parts, text.slice(done, match.index));
    parts.push(toCall(name, text.slice(match.index, end), text.slice(TAG.lastIndex, close), true));
    called.add(name);
    done = end;
    TAG.lastIndex = end;
    open = undefined;
  }
  if (open && open.start >= done && answered.has(open.name) && !called.has(open.name)) {
    addText(parts, text.slice(done, open.start));
    const raw = text.slice(open.start);
    parts.push(toCall(open.name, raw, closeBroken(raw.slice(open.name.length + 2)), false));
    return parts;
  }
  addText(parts, text.slice(done));
  return parts;
}

/** What the extension adds where it stopped an answer. */
const BROKEN_OFF = /\s*\[Response interrupted by [^\]\n]{1,300}\]\s*$/;

/** Ends the parameter in which an answer was cut off, so that what there is of it is kept. */
function closeBroken(body: string): string {
  const text = body.replace(BROKEN_OFF, '');
  const start = text.lastIndexOf('<');
  const name = /^<([A-Za-z_][\w-]{0,60})>/.exec(text.slice(start))?.[1];
  return start < 0 || name === undefined ? text : `${text}</${name}>`;
}

function addText(parts: AnswerPart[], text: string): void {
  if (text.trim() !== '') parts.push({ kind: 'text', text: text.trim() });
}

function toCall(tool: string, raw: string, body: string, complete: boolean): AnswerPart {
  return { kind: 'call', tool, args: readParameters(body), raw, complete };
}

/** `<path>a</path>` and the like, side by side; the files of a reading of several become a list. */
export function readParameters(body: string): JsonObject {
  const args: Record<string, unknown> = {};
  const unclosed = new Set<string>();
  const tag = new RegExp(TAG.source, 'g');
  for (let match = tag.exec(body); match; match = tag.exec(body)) {
    const name = match[1] ?? '';
    if (unclosed.has(name)) continue;
    const closing = `</${name}>`;
    const close = WHOLE.has(name) ? body.lastIndexOf(closing) : body.indexOf(closing, tag.lastIndex);
    if (close < tag.lastIndex) {
      unclosed.add(name);
      continue;
    }
    const value = body.slice(tag.lastIndex, close);
    // The last one of a parameter that stands there twice is what the extension takes.
    args[name] = WHOLE.has(name) ? value.replace(/^\r?\n/, '').replace(/\r?\n$/, '') : value.trim();
    tag.lastIndex = close + closing.length;
  }
  const files = typeof args.args === 'string' ? readFiles(args.args) : [];
  return files.length > 0 ? { ...args, files } : args;
}

function readFiles(text: string): JsonObject[] {
  const files: JsonObject[] = [];
  for (let at = text.indexOf('<file>'); at >= 0; at = text.indexOf('<file>', at + 6)) {
    const end = text.indexOf('</file>', at);
    if (end < 0) break;
    const file = readParameters(text.slice(at + 6, end));
    if (typeof file.path === 'string') files.push(file);
  }
  return files;
}
