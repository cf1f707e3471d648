import { isObject } from '../../base/json.ts';
import { isTooDeep } from '../../base/json-depth.ts';
import type { Entry } from '../../formats/port.ts';
import { splitJsonLine } from '../../formats/shared/split-json-line.ts';
import { countCharacters } from '../interpret/tally.ts';
import { escapeKey } from '../spec/path.ts';
import type { SpecSource } from '../spec/spec.ts';
import { findTextMarkers } from './find-text-markers.ts';
import type { SampleArtifact } from './sample.ts';

export interface SourceCandidate {
  readonly source: SpecSource;
  /** Share of the samples that it opens. */
  readonly share: number;
  readonly reason: string;
}

const MAX_CANDIDATES = 5;
const MAX_LOOKED_AT = 6;
const MAX_DOCUMENT = 40_000_000;

/** Where the records of the samples may stand, the likeliest first. */
export async function findSources(samples: readonly SampleArtifact[]): Promise<SourceCandidate[]> {
  const found = new Map<string, { source: SpecSource; weight: number; count: number; reason: string }>();
  const looked = samples.slice(0, MAX_LOOKED_AT);
  for (const sample of looked) {
    for (const { source, weight, reason } of await sourcesOf(sample)) {
      const key = JSON.stringify(source);
      const known = found.get(key);
      if (known) {
        known.weight += weight;
        known.count++;
      } else found.set(key, { source, weight, count: 1, reason });
    }
  }
  return [...found.values()]
    .toSorted((a, b) => b.count - a.count || b.weight - a.weight)
    .slice(0, MAX_CANDIDATES)
    .map(({ source, count, reason }) => ({ source, share: count / Math.max(1, looked.length), reason }));
}

interface Weighed {
  readonly source: SpecSource;
  readonly weight: number;
  readonly reason: string;
}

async function sourcesOf({ reader, entry }: SampleArtifact): Promise<Weighed[]> {
  if (entry.kind === 'directory') return folderSources(await reader.list(entry.path));
  const head = (await reader.head(entry.path)) ?? '';
  const text = head.trimStart();
  const lines = head.split('\n').filter((line) => line.trim() !== '');
  const objects = lines.filter((line) => splitJsonLine(line).objects.length > 0);
  // A line of the head may be longer than the head: then it begins an object and does not end.
  const looksLikeLines =
    objects.length >= 2 &&
    objects.length >= 0.5 * lines.length &&
    lines.some((line) => line.startsWith('{"'));
  if (looksLikeLines || (entry.name.endsWith('.jsonl') && text.startsWith('{'))) {
    const reason = `${objects.length} of the first ${lines.length} lines are JSON objects`;
    return [{ source: { unit: 'jsonl' }, weight: 1, reason }];
  }
  if ((text.startsWith('{') || text.startsWith('[')) && entry.size <= MAX_DOCUMENT) {
    const document = await reader.json(entry.path);
    if (document && !isTooDeep(document.value)) return documentSources(document.value);
  }
  return await findTextMarkers(reader, entry);
}

/** Arrays of objects in a document, the ones with the most text first. */
function documentSources(document: unknown): Weighed[] {
  const arrays = new Map<string, { count: number; characters: number }>();
  const work: { value: unknown; path: string; depth: number }[] = [{ value: document, path: '', depth: 0 }];
  for (let next = work.shift(); next; next = work.shift()) {
    const { value, path, depth } = next;
    if (depth > 4) continue;
    if (Array.isArray(value)) {
      const below = `${path}[*]`;
      const objects = value.filter(isObject);
      if (objects.length >= 2) {
        const known = arrays.get(below) ?? { count: 0, characters: 0 };
        known.count += objects.length;
        known.characters += countCharacters(value);
        arrays.set(below, known);
      }
      for (const element of value.slice(0, 50)) {
        if (Array.isArray(element)) work.push({ value: element, path: below, depth: depth + 1 });
      }
      continue;
    }
    if (!isObject(value)) continue;
    for (const [key, child] of Object.entries(value)) {
      const escaped = escapeKey(key);
      if (key !== '')
        work.push({ value: child, path: path === '' ? escaped : `${path}.${escaped}`, depth: depth + 1 });
    }
  }
  return [...arrays]
    .toSorted(([, a], [, b]) => b.characters - a.characters)
    .slice(0, MAX_CANDIDATES)
    .map(([records, { count, characters }]) => ({
      source: { unit: 'json', records },
      weight: characters,
      reason: `the array ${records} holds ${count} objects`,
    }));
}

/** One file per record: files of a folder whose names differ in their middle only. */
function folderSources(entries: readonly Entry[]): Weighed[] {
  const byShape = new Map<string, string[]>();
  for (const { kind, name } of entries) {
    if (kind !== 'file' || !name.endsWith('.json')) continue;
    const shape = name.replaceAll(/[0-9a-f]{6,}|\d+/gi, '*').replaceAll(/\*(?:-\*)+/g, '*');
    const names = byShape.get(shape);
    if (names) names.push(name);
    else byShape.set(shape, [name]);
  }
  return [...byShape.values()]
    .filter((names) => names.length >= 2)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, 2)
    .map((names) => ({
      source: { unit: 'folder', files: commonGlob(names) },
      weight: names.length,
      reason: `${names.length} JSON files are named alike`,
    }));
}

/** What the names have in common at their beginning and end; digits and the letters that they run into left out. */
function commonGlob(names: readonly string[]): string {
  const [first = ''] = names;
  let head = first.length;
  let tail = first.length;
  for (const name of names) {
    let i = 0;
    while (i < head && first.charAt(i) === name.charAt(i)) i++;
    head = i;
    let j = 0;
    while (j < tail && first.charAt(first.length - 1 - j) === name.charAt(name.length - 1 - j)) j++;
    tail = j;
  }
  const prefix = first.slice(0, head).replace(/[0-9a-f]*\d[0-9a-f]*$/i, '');
  const shared = first.slice(Math.max(first.length - tail, prefix.length));
  const suffix = shared.slice(Math.max(0, shared.lastIndexOf('.')));
  return `${prefix}*${suffix}`;
}
