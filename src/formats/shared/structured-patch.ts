import { asArray, asNumber, asString, isObject } from '../../base/json.ts';

/**
 * Applies a list of hunks as Claude Code records them (`{oldStart, lines: [' same', '-old', '+new']}`) to the text that
 * they were made for. Every line must be where the hunk says; undefined where one is not, since then the text or the
 * patch was rendered for the screen.
 */
export function applyStructuredPatch(before: string, patch: unknown): string | undefined {
  const hunks = asArray(patch);
  if (!hunks || hunks.length === 0) return undefined;
  const old = before.split('\n');
  const after: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    if (!isObject(hunk)) return undefined;
    const start = asNumber(hunk.oldStart);
    const lines = asArray(hunk.lines);
    if (start === undefined || !lines) return undefined;
    // A hunk that only adds to an empty text starts at line 0.
    const from = Math.max(0, start - 1);
    if (from < at || from > old.length) return undefined;
    for (; at < from; at++) after.push(old[at] ?? '');
    for (const value of lines) {
      const line = asString(value);
      if (line === undefined) return undefined;
      if (line.startsWith('\\')) continue;
      const text = line.slice(1);
      if (!line.startsWith('+')) {
        if (at >= old.length || old[at] !== text) return undefined;
        at++;
      }
      if (!line.startsWith('-')) after.push(text);
    }
  }
  for (; at < old.length; at++) after.push(old[at] ?? '');
  return after.join('\n');
}
