import { rootOf, type Speaker } from './find-kinds.ts';
import type { Item } from './profile.ts';

/** Where the calls of each sample lie, in reading order, with what of it is call and what result. */
export interface Timeline {
  readonly bySample: ReadonlyMap<number, readonly Mark[]>;
}

interface Mark {
  readonly order: number;
  readonly is: 'call' | 'result';
}

/** The places of calls and results, as marks that texts are compared with. */
export function timelineOf(calls: Iterable<Item>, results: ReadonlySet<Item>): Timeline {
  const bySample = new Map<number, Mark[]>();
  const note = (item: Item, is: Mark['is']): void => {
    const mark = { order: rootOf(item).order, is };
    const known = bySample.get(item.record.sample);
    if (known) known.push(mark);
    else bySample.set(item.record.sample, [mark]);
  };
  for (const call of calls) note(call, 'call');
  for (const result of results) note(result, 'result');
  for (const marks of bySample.values()) marks.sort((a, b) => a.order - b.order);
  return { bySample };
}

/**
 * Who says the texts of these items, as far as their place tells: what stands before all calls is the task; what stands
 * among them, after a result and before the next call, is the agent's own; undefined where the place tells nothing.
 */
export function guessSpeaker(items: readonly Item[], { bySample }: Timeline): Speaker | undefined {
  let before = 0;
  let among = 0;
  let looked = 0;
  for (const item of items) {
    const marks = bySample.get(item.record.sample);
    if (!marks) continue;
    looked++;
    const { order } = rootOf(item);
    const next = marks[firstAfter(marks, order)];
    if (firstAfter(marks, order) === 0) before++;
    else if (next?.is === 'call') among++;
  }
  if (looked === 0) return undefined;
  if (before >= 0.6 * looked) return 'user';
  return among >= 0.5 * looked ? 'agent' : undefined;
}

/** Index of the first mark at or after the order. */
function firstAfter(marks: readonly Mark[], order: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.order ?? 0) < order) low = middle + 1;
    else high = middle;
  }
  return low;
}
