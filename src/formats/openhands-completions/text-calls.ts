import type { JsonObject } from '../../base/json.ts';

/** A call that a model without function calling wrote as text. */
export interface TextCall {
  readonly name: string;
  readonly args: JsonObject;
}

export interface TextCalls {
  /** The text without the calls. */
  readonly text: string;
  readonly calls: readonly TextCall[];
}

const OPEN = '<function=';
const CLOSE = '</function>';
const PARAMETER = '<parameter=';
const END_PARAMETER = '</parameter>';

/**
 * Calls of the form `<function=name><parameter=key>value</parameter>...</function>` in an answer. The closing tag is
 * the stop word of these models, so the last one usually is missing.
 */
export function splitTextCalls(content: string): TextCalls {
  const calls: TextCall[] = [];
  const rest: string[] = [];
  let from = 0;
  for (let start = content.indexOf(OPEN); start >= 0; start = content.indexOf(OPEN, from)) {
    const nameEnd = content.indexOf('>', start);
    if (nameEnd < 0) break;
    rest.push(content.slice(from, start));
    const close = content.indexOf(CLOSE, nameEnd);
    const bodyEnd = close < 0 ? content.length : close;
    const name = content.slice(start + OPEN.length, nameEnd).trim();
    calls.push({ name, args: readParameters(content.slice(nameEnd + 1, bodyEnd)) });
    from = close < 0 ? content.length : close + CLOSE.length;
  }
  rest.push(content.slice(from));
  return { text: rest.join('').trimEnd(), calls };
}

function readParameters(body: string): JsonObject {
  const args: Record<string, unknown> = {};
  let from = 0;
  for (let start = body.indexOf(PARAMETER); start >= 0; start = body.indexOf(PARAMETER, from)) {
    const keyEnd = body.indexOf('>', start);
    if (keyEnd < 0) break;
    const close = body.indexOf(END_PARAMETER, keyEnd);
    const end = close < 0 ? body.length : close;
    const key = body.slice(start + PARAMETER.length, keyEnd).trim();
    const value = body.slice(keyEnd + 1, end);
    Object.defineProperty(args, key, { value, enumerable: true, configurable: true, writable: true });
    from = close < 0 ? body.length : close + END_PARAMETER.length;
  }
  return args;
}

const RESULT = /^EXECUTION RESULT of \[([^\]\n]{1,200})\]:\r?\n/;

/** The result of a text call, which comes back as a user message; undefined for any other text. */
export function readTextResult(text: string): { readonly name: string; readonly output: string } | undefined {
  const match = RESULT.exec(text);
  if (!match?.[1]) return undefined;
  return { name: match[1], output: text.slice(match[0].length) };
}

const TASK_START = 'NEW TASK DESCRIPTION ---------------------\n';
const TASK_END = '\n--------------------- END OF NEW TASK DESCRIPTION';

/** The task inside a first message that also teaches the format of text calls by an example. */
export function unwrapTask(text: string): string {
  const start = text.indexOf(TASK_START);
  if (start < 0) return text;
  const end = text.indexOf(TASK_END, start);
  return text.slice(start + TASK_START.length, end < 0 ? text.length : end);
}
