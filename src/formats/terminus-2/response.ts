import type { JsonObject } from '../../base/json.ts';

/** One entry of `commands`. */
export interface TerminusCommand {
  /** Verbatim; may be blank, which means waiting. */
  readonly keystrokes: string;
  /** The whole entry: `{keystrokes, duration}`, in older versions `{keystrokes, is_blocking, timeout_sec}`. */
  readonly args: JsonObject;
  /** Where the entry stands: its place in `commands` when the whole text is JSON, else a line of the text. */
  readonly place: { readonly pointer: string } | { readonly line: number };
}

export interface TerminusResponse {
  readonly syntax: 'json' | 'xml' | 'none';
  /** Analysis, plan, and the text around the structured part. */
  readonly thoughts: readonly string[];
  readonly commands: readonly TerminusCommand[];
  readonly taskComplete: boolean;
  /** What was wrong with the text, when commands had to be picked out of it or entries left out. */
  readonly problem?: string;
}

/** Analysis and plan under their names of now and of older versions. */
export function readThoughts(value: JsonObject): string[] {
  return [value.analysis, value.state_analysis, value.plan, value.explanation].filter(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  );
}

/** Text beside the JSON, without the fences of a code block. */
export function aside(text: string): string[] {
  const rest = text.replace(/^[ \t]*```\w*[ \t]*$/gm, '').trim();
  return rest === '' ? [] : [rest];
}

export function isTrue(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|1|yes)$/i.test(value.trim()));
}
