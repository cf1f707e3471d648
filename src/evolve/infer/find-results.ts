import type { SpecTexts } from '../spec/spec.ts';
import { chooseTexts } from './choose-texts.ts';
import type { Evidence } from './evidence.ts';
import type { CallSite } from './find-calls.ts';
import { type Group, type Kinds, rootOf } from './find-kinds.ts';
import { type Item, type Profile, textsBelow } from './profile.ts';
import { lastKey, wordsOf } from './words.ts';

/** A group whose items are results of calls. */
export interface ResultSite {
  readonly group: Group;
  /** Those items of the group that are results. */
  readonly items: readonly Item[];
  readonly texts: SpecTexts;
  readonly id?: string;
}

/** How the calls of a site find their results, with the share of the calls that do. */
export interface Pairing {
  readonly how: 'nested' | 'id' | 'position';
  readonly share: number;
  readonly callId?: string;
  readonly nested?: SpecTexts;
  readonly results: readonly ResultSite[];
  readonly reason: string;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Every way in which the calls may find their results, the best first. Measured, not guessed: shares of calls that join. */
export function findPairings(site: CallSite, profile: Profile, kinds: Kinds): Pairing[] {
  const calls = site.group.items.filter((_, index) => site.texts[index] !== undefined);
  if (calls.length === 0) return [];
  return [
    nestedPairing(site, calls, kinds.by),
    idPairing(site, calls, kinds),
    positionPairing(calls, profile, kinds),
  ]
    .filter((pairing) => pairing !== undefined)
    .toSorted((a, b) => worth(b) - worth(a));
}

/** Ids are better evidence than being inside, and that better than being next. */
function worth({ how, share }: Pairing): number {
  return share * (how === 'id' ? 1.06 : how === 'nested' ? 1 : 0.85);
}

function nestedPairing(site: CallSite, calls: readonly Item[], by: Evidence): Pairing | undefined {
  const own = [site.args, site.command, site.fence?.path, 'path' in site.tool ? site.tool.path : undefined];
  const allowed = (path: string): boolean =>
    !own.some(
      (used) =>
        used !== undefined && (path === used || path.startsWith(`${used}.`) || path.startsWith(`${used}[`)),
    );
  const choice = chooseTexts(
    calls,
    ['result'],
    (path) => allowed(path) && !/(?:^|\.)(?:messages|history|query|choices)(?:\[|\.|$)/.test(path),
    by,
  );
  if (!choice) return undefined;
  const share = choice.present / calls.length;
  if (share < 0.3 || holdsCalls(calls, choice.texts, site)) return undefined;
  if (by === 'measures' && saysTheSameAlways(calls, choice.texts)) return undefined;
  const reason = `${percent(share)} of the calls hold their result themselves (${choice.texts.flat().join(', ')})`;
  return { how: 'nested', share, nested: choice.texts, results: [], reason };
}

/** A text that hardly changes from call to call is a setting: results differ. */
function saysTheSameAlways(calls: readonly Item[], texts: SpecTexts): boolean {
  const said = calls.flatMap((call) =>
    texts.flat().flatMap((path) => {
      const text = textAt(call, path);
      return text === undefined ? [] : [text];
    }),
  );
  return new Set(said).size < 0.3 * said.length;
}

/** The first text at a path below the item, inside its arrays too. */
function textAt(item: Item, path: string): string | undefined {
  for (const below of textsBelow(item)) if (below.path === path) return below.text;
  return undefined;
}

/** A text that repeats the call is no result of it. */
function holdsCalls(calls: readonly Item[], texts: SpecTexts, site: CallSite): boolean {
  const [first] = texts.flat();
  if (first === undefined) return false;
  let repeats = 0;
  let looked = 0;
  for (const [index, item] of site.group.items.entries()) {
    const text = item.fields.get(first);
    const call = site.texts[index];
    if (typeof text !== 'string' || call === undefined || call.length < 8) continue;
    looked++;
    if (text.includes(call)) repeats++;
  }
  return looked >= 3 && repeats * 2 > Math.min(looked, calls.length);
}

const NO_IDS = new Set(
  (
    'type kind role name timestamp time ts date tokens token usage model status code count line index start end size ' +
    'length command path text content version level source sender author timeout reason security risk event action'
  ).split(' '),
);
const ID_WORDS = new Set('id ids uuid cause ref parent call key number'.split(' '));
/** Equal values of a field without a word for ids in its name are chance, unless there are so many. */
const FEWEST_NAMELESS: Readonly<Record<Evidence, number>> = { names: 6, measures: 3 };

/** Whether a field's name leaves it open that its value is an id: numbers and times join by chance. */
function mayBeId(path: string, by: Evidence): boolean {
  if (by === 'measures') return true;
  const words = wordsOf(lastKey(path));
  if (ID_WORDS.has(words.at(-1) ?? '')) return true;
  return !words.some((word) => NO_IDS.has(word)) && !wordsOf(path).includes('usage');
}

/** A value that may name a call: a short text without white space, or a whole number. */
function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : undefined;
  return typeof value === 'string' && value !== '' && value.length <= 120 && !/\s/.test(value)
    ? value
    : undefined;
}

function idPairing(site: CallSite, calls: readonly Item[], kinds: Kinds): Pairing | undefined {
  let best: Pairing | undefined;
  for (const callId of idFields(calls, kinds.by)) {
    const pairing = joinBy(callId, site, calls, kinds);
    if (pairing && (!best || worth(pairing) > worth(best))) best = pairing;
  }
  return best;
}

/** Fields of the calls with a value of their own in most of them. */
function idFields(calls: readonly Item[], by: Evidence): string[] {
  const values = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const call of calls) {
    for (const [path, value] of call.fields) {
      const id = path.includes('[') || !mayBeId(path, by) ? undefined : idOf(value);
      if (id === undefined) continue;
      counts.set(path, (counts.get(path) ?? 0) + 1);
      const known = values.get(path);
      if (known) known.add(`${call.record.sample} ${id}`);
      else values.set(path, new Set([`${call.record.sample} ${id}`]));
    }
  }
  return [...counts]
    .filter(([path, count]) => count >= 0.6 * calls.length && (values.get(path)?.size ?? 0) >= 0.5 * count)
    .map(([path]) => path)
    .slice(0, 12);
}

interface Join {
  readonly group: Group;
  readonly id: string;
  /** Items of the group that have the id. */
  readonly items: readonly Item[];
  readonly matched: ReadonlySet<Item>;
  /** Items whose value names a call, of all that have a value. */
  readonly rate: number;
}

function joinBy(callId: string, site: CallSite, calls: readonly Item[], kinds: Kinds): Pairing | undefined {
  const byId = new Map<string, Item[]>();
  const callItems = new Set(calls);
  for (const call of calls) {
    const id = idOf(call.fields.get(callId));
    if (id === undefined) continue;
    const key = `${call.record.sample} ${id}`;
    const known = byId.get(key);
    if (known) known.push(call);
    else byId.set(key, [call]);
  }
  const joins = kinds.parts.flatMap((group) => {
    const join = bestJoin(group, byId, callId, group === site.group ? callItems : NONE, kinds.by);
    return join ? [join] : [];
  });
  const taken = new Set<Item>();
  const results: ResultSite[] = [];
  const ranked = joins
    .map((join) => ({
      join,
      choice: chooseTexts(join.items, ['result', 'text', 'failure'], (path) => path !== join.id, kinds.by),
    }))
    .toSorted(
      (a, b) => resultWorth(b.join, b.choice?.characters) - resultWorth(a.join, a.choice?.characters),
    );
  for (const { join, choice } of ranked) {
    if (!choice) continue;
    const fresh = [...join.matched].filter((call) => !taken.has(call)).length;
    // What most calls have a result for already is an echo of it.
    if (fresh < 0.5 * join.matched.size) continue;
    for (const call of join.matched) taken.add(call);
    results.push({ group: join.group, items: join.items, texts: choice.texts, id: join.id });
  }
  if (results.length === 0) return undefined;
  const share = taken.size / calls.length;
  const [first] = results;
  const reason = `${percent(share)} of the calls are named by ${first?.id ?? ''} of ${results.length} kinds of later items (calls: ${callId})`;
  return { how: 'id', share, callId, results, reason };
}

function resultWorth({ matched, rate }: Join, characters: number | undefined): number {
  return (
    rate *
    matched.size *
    (characters === undefined ? 0 : Math.log2(4 + characters / Math.max(1, matched.size)))
  );
}

const NONE: ReadonlySet<Item> = new Set();

function bestJoin(
  group: Group,
  byId: ReadonlyMap<string, readonly Item[]>,
  callId: string,
  calls: ReadonlySet<Item>,
  by: Evidence,
): Join | undefined {
  const found = new Map<string, { matched: Set<Item>; hits: number; values: number }>();
  for (const item of group.items) {
    if (calls.has(item)) continue;
    for (const [path, value] of item.fields) {
      const id = path.includes('[') || !mayBeId(path, by) ? undefined : idOf(value);
      if (id === undefined) continue;
      const stat = found.get(path) ?? { matched: new Set<Item>(), hits: 0, values: 0 };
      found.set(path, stat);
      stat.values++;
      const call = byId
        .get(`${item.record.sample} ${id}`)
        ?.findLast((one) => one.order < item.order || one.record === item.record);
      if (!call || rootOf(call) === item) continue;
      stat.hits++;
      stat.matched.add(call);
    }
  }
  let best: Join | undefined;
  let bestWorth = 0;
  for (const [path, { matched, hits, values }] of found) {
    const rate = hits / values;
    // One value for all is the id of something bigger, not of a call.
    const named = wordsOf(lastKey(path)).some((word) => ID_WORDS.has(word));
    if (!named && matched.size < FEWEST_NAMELESS[by]) continue;
    if (rate < 0.5 || values < 0.04 * group.items.length || matched.size < 0.5 * hits) continue;
    const worthHere =
      rate * matched.size + (path.endsWith(callId.slice(callId.lastIndexOf('.') + 1)) ? 0.5 : 0);
    if (worthHere > bestWorth) {
      best = {
        group,
        id: path,
        items: group.items.filter((item) => item.fields.has(path) && !calls.has(item)),
        matched,
        rate,
      };
      bestWorth = worthHere;
    }
  }
  return best;
}

/** Results that follow their calls: in the kind of record, and there in the array, that most often comes next. */
function positionPairing(calls: readonly Item[], profile: Profile, kinds: Kinds): Pairing | undefined {
  const position = new Map(profile.wholes.map((whole, index) => [whole, index]));
  const groupOf = new Map<Item, Group>();
  for (const group of kinds.parts) for (const item of group.items) groupOf.set(item, group);
  const perRoot = new Map<Item, number>();
  for (const call of calls) perRoot.set(rootOf(call), (perRoot.get(rootOf(call)) ?? 0) + 1);
  const followers = new Map<Group, Item[]>();
  const inside = new Map<Group, { items: Item[]; calls: number }>();
  for (const [root, count] of perRoot) {
    const at = position.get(root);
    const next = at === undefined ? undefined : profile.wholes[at + 1];
    if (!next || next.record.sample !== root.record.sample || perRoot.has(next)) continue;
    const group = groupOf.get(next);
    if (group) followers.set(group, [...(followers.get(group) ?? []), next]);
    noteParts(next, count, groupOf, inside);
  }
  const [best] = [...followers].toSorted(([, a], [, b]) => b.length - a.length);
  if (!best) return undefined;
  const [group, items] = best;
  const share = items.length / perRoot.size;
  const perRecord = calls.length / perRoot.size;
  const part = perRecord > 1.02 ? bestPart(inside, calls.length, kinds.by) : undefined;
  if (part) return part;
  const choice = chooseTexts(items, ['result', 'text'], () => true, kinds.by);
  if (!choice || share < 0.4) return undefined;
  return {
    how: 'position',
    share: share / Math.max(1, perRecord),
    results: [{ group, items: group.items, texts: withMore(choice.texts, group.items, kinds.by) }],
    reason: `after ${percent(share)} of the calls comes a record of the same kind`,
  };
}

/** Records of the same kind that follow no call hold their text elsewhere: it is read too, as a message. */
function withMore(texts: SpecTexts, items: readonly Item[], by: Evidence): SpecTexts {
  const known = new Set(texts.flat());
  const more = chooseTexts(items, ['result', 'text'], () => true, by)?.texts ?? [];
  return [
    ...texts,
    ...more.filter((alternative) => ![alternative].flat().some((path) => known.has(path))),
  ].slice(0, 10);
}

/** Notes the items of each array in a following record, where there are as many as calls went before. */
function noteParts(
  next: Item,
  count: number,
  groupOf: ReadonlyMap<Item, Group>,
  inside: Map<Group, { items: Item[]; calls: number }>,
): void {
  const perGroup = new Map<Group, Item[]>();
  for (const child of next.children) {
    const group = groupOf.get(child);
    if (group) perGroup.set(group, [...(perGroup.get(group) ?? []), child]);
  }
  for (const [group, items] of perGroup) {
    if (items.length !== count) continue;
    const known = inside.get(group) ?? { items: [], calls: 0 };
    known.items.push(...items);
    known.calls += count;
    inside.set(group, known);
  }
}

function bestPart(
  inside: ReadonlyMap<Group, { readonly items: readonly Item[]; readonly calls: number }>,
  calls: number,
  by: Evidence,
): Pairing | undefined {
  const [best] = [...inside].toSorted(([, a], [, b]) => b.calls - a.calls);
  if (!best || best[1].calls < 0.5 * calls) return undefined;
  const [group, { items, calls: answered }] = best;
  const choice = chooseTexts(items, ['result', 'text'], () => true, by);
  if (!choice) return undefined;
  const share = answered / calls;
  const reason = `${percent(share)} of the calls are followed by as many items at ${group.scope}`;
  return { how: 'position', share, results: [{ group, items, texts: choice.texts }], reason };
}
