import type { JsonObject } from '../../base/json.ts';

/** What an interpretation understood of an artifact: the raw figures that validation judges. */
export interface Tally {
  records: number;
  /** Records of which a call, result, thought or message was read. */
  used: number;
  /** Records that an `ignore` rule names. */
  ignored: number;
  /** Characters of all texts in the records, and those of them that were read. */
  characters: number;
  charactersRead: number;
  calls: number;
  paired: number;
  pairedById: number;
  /** Calls that hold their result themselves. */
  pairedInside: number;
  /** Results that no call waited for. */
  unpairedResults: number;
  reusedIds: number;
  /** Results that came before any call with their id. */
  idsBeforeCall: number;
  thoughts: number;
  messages: number;
  /** Times of records that go back. */
  timeSteps: number;
  timeBack: number;
  /** Kinds of records of which nothing was read, with how many there were. At most 200 kinds are kept. */
  readonly unread: Map<string, number>;
}

const MAX_KINDS = 200;

export function newTally(): Tally {
  return {
    records: 0,
    used: 0,
    ignored: 0,
    characters: 0,
    charactersRead: 0,
    calls: 0,
    paired: 0,
    pairedById: 0,
    pairedInside: 0,
    unpairedResults: 0,
    reusedIds: 0,
    idsBeforeCall: 0,
    thoughts: 0,
    messages: 0,
    timeSteps: 0,
    timeBack: 0,
    unread: new Map(),
  };
}

export function noteUnread(tally: Tally, kind: string): void {
  const known = tally.unread.get(kind);
  if (known !== undefined || tally.unread.size < MAX_KINDS) tally.unread.set(kind, (known ?? 0) + 1);
}

/** Adds the figures of another artifact. */
export function addTally(sum: Tally, more: Tally): void {
  sum.records += more.records;
  sum.used += more.used;
  sum.ignored += more.ignored;
  sum.characters += more.characters;
  sum.charactersRead += more.charactersRead;
  sum.calls += more.calls;
  sum.paired += more.paired;
  sum.pairedById += more.pairedById;
  sum.pairedInside += more.pairedInside;
  sum.unpairedResults += more.unpairedResults;
  sum.reusedIds += more.reusedIds;
  sum.idsBeforeCall += more.idsBeforeCall;
  sum.thoughts += more.thoughts;
  sum.messages += more.messages;
  sum.timeSteps += more.timeSteps;
  sum.timeBack += more.timeBack;
  for (const [kind, count] of more.unread) {
    const known = sum.unread.get(kind);
    if (known !== undefined || sum.unread.size < MAX_KINDS) sum.unread.set(kind, (known ?? 0) + count);
  }
}

/** Characters of every text inside a value; a work list, so that no depth overflows. */
export function countCharacters(value: unknown): number {
  let count = 0;
  const work: unknown[] = [value];
  while (work.length > 0) {
    const next = work.pop();
    if (typeof next === 'string') count += next.length;
    else if (Array.isArray(next)) for (const item of next) work.push(item);
    else if (typeof next === 'object' && next !== null)
      for (const item of Object.values(next)) work.push(item);
  }
  return count;
}

/** A text of this length that stands in a record twice is kept there in two forms: it is to be read once. */
const REPEATED = 20;

/** As `countCharacters`, but a longer text counts once, however often it stands in the value. */
export function countDifferentCharacters(value: unknown): number {
  let count = 0;
  const seen = new Set<string>();
  const work: unknown[] = [value];
  while (work.length > 0) {
    const next = work.pop();
    if (typeof next === 'string') {
      if (next.length >= REPEATED && seen.has(next)) continue;
      if (next.length >= REPEATED) seen.add(next);
      count += next.length;
    } else if (Array.isArray(next)) for (const item of next) work.push(item);
    else if (typeof next === 'object' && next !== null)
      for (const item of Object.values(next)) work.push(item);
  }
  return count;
}

/** A name for a record of which nothing was read: the values of its short fields that name kinds, else its keys. */
export function describeKind(value: JsonObject, kindPaths: readonly (string | undefined)[]): string {
  const named = kindPaths.filter((text) => text !== undefined);
  return named.length > 0 ? named.join(' ') : `{${Object.keys(value).slice(0, 6).join(', ')}}`;
}
