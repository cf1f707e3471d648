import { isObject, type JsonObject } from '../../base/json.ts';
import { escapeKey, joinPaths } from '../spec/path.ts';
import type { SampleRecord } from './sample.ts';

/**
 * An object of a record that may play a part of its own: the record itself (scope `.`), or an element of an array in it
 * (scope `message.content[*]`). Its values are addressed relative to it, as rules will.
 */
export interface Item {
  readonly scope: string;
  readonly record: SampleRecord;
  /** Position in reading order over all samples. */
  readonly order: number;
  readonly value: JsonObject;
  /** Scalars and objects below the item, without the elements of arrays of objects: those are `children`. */
  readonly fields: ReadonlyMap<string, unknown>;
  readonly parent: Item | undefined;
  readonly children: readonly Item[];
}

export interface Profile {
  readonly records: readonly SampleRecord[];
  /** The item of each record as a whole. */
  readonly wholes: readonly Item[];
  readonly scopes: ReadonlyMap<string, readonly Item[]>;
}

export const WHOLE = '.';
const MAX_DEPTH = 7;
const MAX_FIELDS = 300;
const MAX_ELEMENTS = 300;
const MAX_SCOPES = 60;
const MAX_SCOPE_DEPTH = 3;
const MAX_ITEMS = 400_000;

interface OpenItem {
  scope: string;
  record: SampleRecord;
  order: number;
  value: JsonObject;
  fields: Map<string, unknown>;
  parent: Item | undefined;
  children: Item[];
}

/** Takes records apart into items and their fields. Bounded in depth, width and number. */
export function profileRecords(records: readonly SampleRecord[]): Profile {
  const scopes = new Map<string, Item[]>();
  const wholes: Item[] = [];
  let order = 0;
  for (const record of records) {
    const queue: { item: OpenItem; depth: number }[] = [];
    const open = (value: JsonObject, scope: string, parent: OpenItem | undefined, depth: number): void => {
      if (order >= MAX_ITEMS) return;
      const known = scopes.get(scope);
      if (!known && scopes.size >= MAX_SCOPES) return;
      const item: OpenItem = {
        scope,
        record,
        order: order++,
        value,
        fields: new Map(),
        parent,
        children: [],
      };
      if (known) known.push(item);
      else scopes.set(scope, [item]);
      parent?.children.push(item);
      queue.push({ item, depth });
      if (!parent) wholes.push(item);
    };
    open(record.value, WHOLE, undefined, 0);
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { item, depth } = next;
      collectFields(item, (value, path) => {
        if (depth < MAX_SCOPE_DEPTH) open(value, joinPaths(item.scope, path), item, depth + 1);
      });
    }
  }
  return { records, wholes, scopes };
}

function collectFields(item: OpenItem, openElement: (value: JsonObject, path: string) => void): void {
  const work: { value: unknown; path: string; depth: number }[] = [{ value: item.value, path: '', depth: 0 }];
  for (let next = work.shift(); next && item.fields.size < MAX_FIELDS; next = work.shift()) {
    const { value, path, depth } = next;
    if (Array.isArray(value)) {
      const below = `${path}[*]`;
      for (const element of value.slice(0, MAX_ELEMENTS)) {
        if (isObject(element)) openElement(element, below);
        else if (Array.isArray(element)) {
          if (depth < MAX_DEPTH) work.push({ value: element, path: below, depth: depth + 1 });
        } else if (!item.fields.has(below)) item.fields.set(below, element);
      }
      continue;
    }
    if (isObject(value)) {
      if (path !== '') item.fields.set(path, value);
      if (depth >= MAX_DEPTH) continue;
      for (const [key, child] of Object.entries(value)) {
        const escaped = escapeKey(key);
        if (key === '' || escaped.length > 100) continue;
        work.push({ value: child, path: path === '' ? escaped : `${path}.${escaped}`, depth: depth + 1 });
      }
      continue;
    }
    if (path !== '') item.fields.set(path, value);
  }
}

/** Every text below an item, its children's too, as a path relative to the item; one entry per text. */
export function* textsBelow(item: Item): Generator<{ readonly path: string; readonly text: string }> {
  const work: Item[] = [item];
  const cut = item.scope === WHOLE ? 0 : item.scope.length;
  for (let next = work.pop(); next; next = work.pop()) {
    const base = next === item ? '' : next.scope.slice(cut).replace(/^\./, '');
    for (const [path, value] of next.fields) {
      if (typeof value === 'string') yield { path: joinPaths(base, path), text: value };
    }
    work.push(...next.children.toReversed());
  }
}
