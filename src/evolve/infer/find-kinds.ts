import type { SpecCondition } from '../spec/spec.ts';
import type { Evidence } from './evidence.ts';
import { type Item, type Profile, WHOLE } from './profile.ts';
import { hasWord, isWord, lastKey, wordsOf } from './words.ts';

/** Items of one scope that look alike: equal values in the fields that name kinds, of the item and of its record. */
export interface Group {
  readonly scope: string;
  readonly items: readonly Item[];
  /** Values of the record's kind fields; undefined where a field is absent. */
  readonly recordKind: Kind;
  /** Values of the item's own kind fields; empty for whole records. */
  readonly itemKind: Kind;
}

export type Kind = ReadonlyMap<string, string | undefined>;

export interface Kinds {
  /** What the fields were chosen by, and what the search for their parts goes by. */
  readonly by: Evidence;
  /** Fields that name kinds, by scope. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** Groups by the kinds of item and record. */
  readonly groups: readonly Group[];
  /** Groups by the kind of the item alone, whatever record it stands in; whole records as in `groups`. */
  readonly parts: readonly Group[];
}

const MAX_VALUES = 60;
const MAX_KIND_FIELDS = 3;
/** Names of fields that are about kinds and hardly anything else. */
const SURE = new Set(['type', 'kind', 'role', 'event', 'source', 'action', 'observation']);
const MAX_GROUPS = 300;

/** Finds the fields that tell kinds of records and items apart, and groups the items by them. */
export function findKinds(profile: Profile, by: Evidence = 'names'): Kinds {
  const fields = new Map<string, readonly string[]>();
  for (const [scope, items] of profile.scopes) {
    fields.set(scope, kindFields(items, scope === WHOLE ? MAX_KIND_FIELDS + 1 : MAX_KIND_FIELDS, by));
  }
  const groups = new Map<string, { items: Item[]; recordKind: Kind; itemKind: Kind; scope: string }>();
  const recordFields = fields.get(WHOLE) ?? [];
  for (const [scope, items] of profile.scopes) {
    const own = scope === WHOLE ? [] : (fields.get(scope) ?? []);
    for (const item of items) {
      const whole = rootOf(item);
      const recordKind = kindOf(whole, recordFields);
      const itemKind = kindOf(item, own);
      const key = JSON.stringify([scope, [...recordKind], [...itemKind]]);
      const known = groups.get(key);
      if (known) known.items.push(item);
      else if (groups.size < MAX_GROUPS) groups.set(key, { scope, items: [item], recordKind, itemKind });
    }
  }
  return { by, fields, groups: [...groups.values()], parts: joinParts([...groups.values()]) };
}

function joinParts(groups: readonly Group[]): Group[] {
  const parts = new Map<string, { items: Item[]; group: Group }>();
  for (const group of groups) {
    if (group.scope === WHOLE) continue;
    const key = JSON.stringify([group.scope, [...group.itemKind]]);
    const known = parts.get(key);
    if (known) known.items.push(...group.items);
    else parts.set(key, { items: [...group.items], group });
  }
  const joined = [...parts.values()].map(({ items, group: { scope, itemKind } }) => ({
    scope,
    itemKind,
    recordKind: new Map<string, string>(),
    items: items.toSorted((a, b) => a.order - b.order),
  }));
  return [...groups.filter(({ scope }) => scope === WHOLE), ...joined];
}

export function rootOf(item: Item): Item {
  let here = item;
  while (here.parent) here = here.parent;
  return here;
}

function kindOf(item: Item, fields: readonly string[]): Kind {
  return new Map(
    fields.map((field) => {
      const value = item.fields.get(field);
      return [field, typeof value === 'string' ? value : undefined];
    }),
  );
}

/**
 * Text fields with few different short values whose name speaks of kinds, or that are measured to name kinds. Of several the ones that tell apart the most
 * shapes come first; one that says the same as another is left out.
 */
function kindFields(items: readonly Item[], most: number, by: Evidence): string[] {
  const stats = new Map<string, { count: number; values: Map<string, number>; short: number }>();
  for (const item of items) {
    for (const [path, value] of item.fields) {
      if (typeof value !== 'string' || path.includes('[') || liesTooDeep(path)) continue;
      if (by === 'names' && !hasKindName(path)) continue;
      const known = stats.get(path) ?? { count: 0, values: new Map(), short: 0 };
      known.count++;
      if (value.length <= 48 && /^[\p{L}$_][\p{L}\p{N}_./:$ -]*$/u.test(value)) known.short++;
      if (known.values.size <= MAX_VALUES) known.values.set(value, (known.values.get(value) ?? 0) + 1);
      stats.set(path, known);
    }
  }
  const candidates = [...stats].filter(
    ([path, { count, values, short }]) =>
      short === count &&
      values.size <= MAX_VALUES &&
      comesAgain(path, values, count) &&
      (values.size >= 2 || (count < items.length && !path.includes('.'))) &&
      (hasKindName(path) || mayNameKinds(items, path, values, count)),
  );
  const depth = (path: string): number => path.split('.').length;
  const ranked = candidates
    .map(([path, { count, values }]) => ({
      path,
      values: [...values.keys()],
      score:
        separation(items, path) * Math.min(1, (2 * count) / items.length) -
        0.05 * depth(path) +
        (values.size >= 2 ? 0.05 : 0) +
        (by === 'measures' && hasKindName(path) ? 0.05 : 0),
    }))
    .toSorted((a, b) => b.score - a.score);
  const chosen: string[] = [];
  for (const { path, values } of ranked) {
    if (chosen.length >= most) break;
    if (chosen.some((other) => saysTheSame(items, other, path))) continue;
    // Beyond the first a field must tell shapes apart that the others do not, or say who speaks.
    if (chosen.length === 0 || gain(items, chosen, path) >= 0.06 || namesSpeakers(values)) chosen.push(path);
  }
  return chosen.toSorted((a, b) => depth(a) - depth(b));
}

function hasKindName(path: string): boolean {
  return isWord('kind', wordsOf(lastKey(path)).at(-1) ?? '');
}

/** So much of the spread of the fields beside it must a field without a telling name take away. */
const SIBLING_GAIN = 0.3;
const MAX_NAMELESS_VALUES = 30;

/**
 * Whether a field names kinds whatever it is called: most items have it, its few values come again, and they tell apart
 * which fields stand beside it. Fields further below do not count: the arguments of calls differ by tool too.
 */
function mayNameKinds(
  items: readonly Item[],
  path: string,
  values: ReadonlyMap<string, number>,
  count: number,
): boolean {
  if (values.size < 2 || values.size > MAX_NAMELESS_VALUES || count < 0.5 * items.length) return false;
  if (path.split('.').length > 2 || values.size * 2 > count) return false;
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('.')));
  const beside = (key: string): boolean => key.slice(0, Math.max(0, key.lastIndexOf('.'))) === parent;
  const all = spreadBy(items, [], beside);
  // That a field is there at all tells shapes apart too: an id that only calls and results have names no kind.
  const present = spreadBy(items, [path], beside, true);
  return all > 0 && (present - spreadBy(items, [path], beside)) / all >= SIBLING_GAIN;
}

/** The fields of a record's parts speak of the parts; those of arguments belong to the tool. */
function liesTooDeep(path: string): boolean {
  const above = path.split('.').slice(0, -1);
  return above.length > 2 || above.some((key) => wordsOf(key).some((word) => isWord('args', word)));
}

/** Whether the values name at least two who may speak. */
function namesSpeakers(values: readonly string[]): boolean {
  return new Set(values.map(speakerOfName).filter((speaker) => speaker !== undefined)).size >= 2;
}

/** How much of the spread of shapes the field takes away beyond what the chosen ones do; from 0 to 1. */
function gain(items: readonly Item[], chosen: readonly string[], path: string): number {
  const all = spreadBy(items, []);
  return all === 0 ? 0 : (spreadBy(items, chosen) - spreadBy(items, [...chosen, path])) / all;
}

/** Names of kinds come again and again; of a field with a sure name half of the values must. */
function comesAgain(path: string, values: ReadonlyMap<string, number>, count: number): boolean {
  if (values.size <= 6 || values.size * 3 <= count) return true;
  const single = [...values.values()].filter((times) => times === 1).length;
  return SURE.has(wordsOf(lastKey(path)).at(-1) ?? '') && single * 2 <= count;
}

const LOOK_AT = 1500;

/** How much less the sets of keys differ inside the groups that the field makes than over all items; from 0 to 1. */
function separation(items: readonly Item[], path: string): number {
  return gain(items, [], path);
}

/** How much the sets of keys differ inside the groups that the fields make: 0 when all items of a group have the same. */
function spreadBy(
  items: readonly Item[],
  paths: readonly string[],
  counts: (key: string) => boolean = () => true,
  presenceOnly = false,
): number {
  const groups = new Map<string, { size: number; keys: Map<string, number> }>();
  const looked = items.slice(0, LOOK_AT);
  for (const item of looked) {
    const name = JSON.stringify(
      paths.map((path) => (presenceOnly ? item.fields.has(path) : (item.fields.get(path) ?? null))),
    );
    const group = groups.get(name) ?? { size: 0, keys: new Map<string, number>() };
    groups.set(name, group);
    group.size++;
    for (const key of item.fields.keys()) {
      if (counts(key)) group.keys.set(key, (group.keys.get(key) ?? 0) + 1);
    }
  }
  let sum = 0;
  for (const { size, keys } of groups.values()) {
    for (const count of keys.values()) sum += (count * (1 - count / size)) / looked.length;
  }
  return sum;
}

/** Whether two fields split the items alike. */
function saysTheSame(items: readonly Item[], a: string, b: string): boolean {
  const pairs = new Set<string>();
  const left = new Set<unknown>();
  const right = new Set<unknown>();
  for (const item of items.slice(0, LOOK_AT)) {
    const x = item.fields.get(a);
    const y = item.fields.get(b);
    left.add(x);
    right.add(y);
    pairs.add(JSON.stringify([x ?? null, y ?? null]));
  }
  return pairs.size === Math.max(left.size, right.size) && pairs.size === Math.min(left.size, right.size);
}

export type Speaker = 'agent' | 'user' | 'system' | 'environment';

/** Who speaks in a group, as far as the names of its kinds say; the last field that says anything decides. */
export function speakerOf(kind: Kind): Speaker | undefined {
  let speaker: Speaker | undefined;
  for (const value of kind.values()) {
    if (value === undefined) continue;
    const said = speakerOfName(value);
    if (said) speaker = said;
  }
  return speaker;
}

function speakerOfName(name: string): Speaker | undefined {
  for (const set of ['system', 'environment', 'user', 'agent'] as const) if (hasWord(set, name)) return set;
  // Whoever thinks aloud in a log of an agent is the agent.
  return isWord('thought', wordsOf(name).at(-1) ?? '') ? 'agent' : undefined;
}

/** The kind as conditions of a spec; a field that is absent in this kind but not in all is asked for too. */
export function conditionsOf(kind: Kind): SpecCondition[] {
  return [...kind].map(([path, value]) =>
    value === undefined ? { path, exists: false } : { path, in: [value] },
  );
}
