import type { HistoryLine } from './schema.ts';

/** Marks of an edit block: `SEARCH` and `REPLACE`, and the names of the first versions. */
const OPEN = /^<{5,9} (?:SEARCH|ORIGINAL|HEAD)\s*$/;
const DIVIDE = /^={5,9}\s*$/;
const CLOSE = /^>{5,9} (?:REPLACE|UPDATED|updated)\s*$/;
/** What aider prints after an answer: a block that was open then was never finished. */
const PRINTED = /^> (?:Tokens: |Applied edit to |The LLM did not conform|Commit [0-9a-f]{7} |\^C)/;

export interface EditSpan {
  /** Indexes of the three marks. */
  readonly open: number;
  readonly divide: number;
  readonly close: number;
}

export function findEdit(lines: readonly HistoryLine[], open: number): EditSpan | undefined {
  if (!OPEN.test(lines[open]?.text ?? '')) return undefined;
  let divide: number | undefined;
  for (let i = open + 1; i < lines.length; i++) {
    const text = lines[i]?.text ?? '';
    if (OPEN.test(text) || PRINTED.test(text)) return undefined;
    if (CLOSE.test(text)) return divide === undefined ? undefined : { open, divide, close: i };
    if (DIVIDE.test(text)) divide ??= i;
  }
  return undefined;
}

/** Index of the mark that closes the block opened on a line. */
export function findEditEnd(lines: readonly HistoryLine[], open: number): number | undefined {
  return findEdit(lines, open)?.close;
}
