import { splitLines } from '../../base/text.ts';
import type { ContentChange } from '../../model/effect.ts';

/** Lines that came and went. A line that only moved counts as neither. */
export interface LineCount {
  readonly added: number;
  readonly removed: number;
}

/**
 * Lines that came and went between two texts, in time linear in their length: what both begin and end with is set
 * aside, and of the rest every line counts as often as it stands there.
 */
export function countLines(before: string, after: string): LineCount {
  const old = splitLines(before);
  const now = splitLines(after);
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const left = new Map<string, number>();
  for (const line of old.slice(head, old.length - tail)) left.set(line, (left.get(line) ?? 0) + 1);
  let added = 0;
  let kept = 0;
  for (const line of now.slice(head, now.length - tail)) {
    const rest = left.get(line) ?? 0;
    if (rest === 0) added++;
    else {
      left.set(line, rest - 1);
      kept++;
    }
  }
  return { added, removed: old.length - head - tail - kept };
}

/** The same out of the action alone, where the contents are not known; undefined where it does not say either. */
export function countOfChange(change: ContentChange): LineCount | undefined {
  if (change.kind === 'append') return { added: splitLines(change.content).length, removed: 0 };
  if (change.kind === 'replace' && !change.all) return countLines(change.old, change.new);
  if (change.kind === 'hunks') {
    const parts = change.hunks.map((hunk) => countLines(hunk.old.join('\n'), hunk.new.join('\n')));
    return {
      added: parts.reduce((sum, part) => sum + part.added, 0),
      removed: parts.reduce((sum, part) => sum + part.removed, 0),
    };
  }
  return undefined;
}
