import type { FileVersion } from '../../model/state.ts';
import type { CauseIndex } from './cause-index.ts';
import { findSource } from './find-source.ts';
import { LineMap } from './line-map.ts';

/** A place on a line's way: the version that put it there, and the line (from 1) that it was in the version before. */
export interface LineHop {
  readonly version: FileVersion;
  /** `moved`: from elsewhere in the same file; the others as the version was made. */
  readonly how: 'moved' | 'copy' | 'move' | 'restore';
  readonly from: FileVersion;
  readonly fromLine: number;
}

/** Where a line of a file comes from. */
export interface LineOrigin {
  /** Line asked about, from 1. */
  readonly line: number;
  /** Without its line break. */
  readonly text: string;
  /** The version that brought the line in, and its number there. */
  readonly version: FileVersion;
  readonly lineThen: number;
  /** Moves, copies and restores that it went through, newest first. */
  readonly hops: readonly LineHop[];
  /** Later versions of the same file that left the line as it was. */
  readonly kept: number;
  /**
   * What stands in the way of looking further back: `hidden`, the content before is not known, so the line may be older;
   * `limit`, the history is too long to be looked through. Undefined when the origin is sure.
   */
  readonly doubt?: 'hidden' | 'limit';
}

/** So many characters of old versions are compared for one question. */
const MOST_COMPARED = 30_000_000;

interface Traced {
  readonly line: number;
  readonly text: string;
  readonly hops: LineHop[];
  kept: number;
}

/**
 * Follows lines (from 1) of a version back through the versions before it: by their place, not by their text, so that
 * equal lines are told apart. Lines that the version does not have are left out; so is everything when its content is
 * not known. Answers come in the order of the lines.
 */
export function blameLines(
  index: CauseIndex,
  version: FileVersion,
  lines: readonly number[],
  most = MOST_COMPARED,
): LineOrigin[] {
  const texts = version.content?.split('\n');
  if (!texts) return [];
  const count = texts.length - (texts.at(-1) === '' ? 1 : 0);
  const start = new Map<number, Traced[]>();
  for (const line of lines) {
    const text = texts[line - 1];
    if (text === undefined || line > count) continue;
    start.set(line - 1, [{ line, text: text.replace(/\r$/, ''), hops: [], kept: 0 }]);
  }
  const found: LineOrigin[] = [];
  let here = version;
  let there = start;
  let compared = 0;
  while (there.size > 0) {
    const source = findSource(index, here);
    if (source) {
      for (const [line, traced] of there)
        for (const one of traced)
          one.hops.push({ version: here, how: hopOf(here), from: source, fromLine: line + 1 });
      here = source;
      continue;
    }
    const before: FileVersion | undefined = index.history.versions(here.path)[here.version - 2];
    const [old, now] = [before?.content, here.content];
    if (!before?.exists || old === undefined || now === undefined || compared > most) {
      const doubt = doubtOf(here, before, compared > most);
      for (const [line, traced] of there) found.push(...traced.map((one) => settle(one, here, line, doubt)));
      break;
    }
    compared += old.length + now.length;
    const map = new LineMap(old, now);
    const next = new Map<number, Traced[]>();
    for (const [line, traced] of there) {
      const origin = map.back(line);
      if (!origin) {
        found.push(...traced.map((one) => settle(one, here, line, undefined)));
        continue;
      }
      for (const one of traced) {
        if (origin.moved)
          one.hops.push({ version: here, how: 'moved', from: before, fromLine: origin.index + 1 });
        else one.kept++;
      }
      const others = next.get(origin.index);
      if (others) others.push(...traced);
      else next.set(origin.index, [...traced]);
    }
    here = before;
    there = next;
  }
  return found.sort((a, b) => a.line - b.line);
}

function settle(
  { line, text, hops, kept }: Traced,
  version: FileVersion,
  at: number,
  doubt: LineOrigin['doubt'],
): LineOrigin {
  return { line, text, version, lineThen: at + 1, hops, kept, ...(doubt && { doubt }) };
}

function hopOf({ how }: FileVersion): LineHop['how'] {
  return how === 'copy' || how === 'move' ? how : 'restore';
}

/** Why the version before cannot be looked into; undefined when there was none, or it can. */
function doubtOf(here: FileVersion, before: FileVersion | undefined, spent: boolean): LineOrigin['doubt'] {
  if (spent) return 'limit';
  const isCopy = here.how === 'copy' || here.how === 'move' || here.how === 'restore';
  if (isCopy) return 'hidden';
  if (!before) return here.madeBy === undefined || here.how === 'write' ? undefined : 'hidden';
  if (!before.exists || before.content !== undefined) return undefined;
  // Who writes a file anew as a whole writes each line of it, whatever stood there before.
  return here.how === 'write' ? undefined : 'hidden';
}
