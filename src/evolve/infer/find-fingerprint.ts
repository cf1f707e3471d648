import { isObject } from '../../base/json.ts';
import { escapeKey } from '../spec/path.ts';
import type { SpecFingerprint } from '../spec/spec.ts';
import type { Kinds } from './find-kinds.ts';
import { WHOLE } from './profile.ts';

const MAX_SHAPES = 30;
const MAX_PATHS = 12;

/** What records of the samples look like: the values of their kinds, and the fields that all of one kind have. */
export function findFingerprint(kinds: Kinds, documents: readonly unknown[]): SpecFingerprint {
  const groups = kinds.groups
    .filter(({ scope }) => scope === WHOLE)
    .toSorted((a, b) => b.items.length - a.items.length);
  const fields = kinds.fields.get(WHOLE) ?? [];
  const values = fields.map((path) => ({
    path,
    values: [...new Set(groups.flatMap(({ recordKind }) => recordKind.get(path) ?? []))].slice(0, 100),
  }));
  const records = groups.slice(0, MAX_SHAPES).map(({ items }) => {
    const counts = new Map<string, number>();
    for (const item of items) {
      for (const path of item.fields.keys()) {
        if (path.split('.').length <= 2 && !path.includes('[')) counts.set(path, (counts.get(path) ?? 0) + 1);
      }
      for (const child of item.children)
        if (!child.scope.includes('.')) counts.set(child.scope, items.length);
    }
    return [...counts]
      .filter(([, count]) => count === items.length)
      .map(([path]) => path)
      .toSorted((a, b) => a.length - b.length)
      .slice(0, MAX_PATHS);
  });
  return {
    records: dedupe(records.filter((paths) => paths.length > 0)),
    kinds: values.filter((kind) => kind.values.length > 0),
    document: documentKeys(documents),
  };
}

function dedupe(shapes: readonly string[][]): string[][] {
  return [...new Map(shapes.map((shape) => [shape.toSorted().join('\n'), shape])).values()];
}

/** Keys that every document has. */
function documentKeys(documents: readonly unknown[]): string[] {
  const [first, ...rest] = documents.filter(isObject);
  if (!first) return [];
  return Object.keys(first)
    .filter((key) => key !== '' && key.length <= 100 && rest.every((other) => Object.hasOwn(other, key)))
    .map(escapeKey)
    .slice(0, 40);
}
