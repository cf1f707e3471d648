import { isObject } from '../../base/json.ts';
import { isTooDeep } from '../../base/json-depth.ts';
import type { ArtifactReader, Entry } from '../../formats/port.ts';
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
  if (entry.kind === 'directory') return await allFolderSources(reader, entry);
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

/** Files of the folder itself, or of the folders in it. */
async function allFolderSources(reader: ArtifactReader, entry: Entry): Promise<Weighed[]> {
  const entries = await reader.list(entry.path);
  const found = folderSources(entries);
  for (const { kind, path } of entries.slice(0, 50)) {
    if (kind === 'directory') found.push(...folderSources(await reader.list(path)));
  }
  return found.toSorted((a, b) => b.weight - a.weight).slice(0, 2);
}

/** One file per record: files of a folder whose names differ in numbers and ids only. */
function folderSources(entries: readonly Entry[]): Weighed[] {
  const byShape = new Map<string, string[]>();
  for (const { kind, name } of entries) {
    if (kind !== 'file' || !name.endsWith('.json')) continue;
    const shape = shapeOfName(name);
    const names = byShape.get(shape);
    if (names) names.push(name);
    else byShape.set(shape, [name]);
  }
  return [...byShape]
    .filter(([, names]) => names.length >= 2)
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, 2)
    .map(([files, names]) => ({
      source: { unit: 'folder', files },
      weight: names.length,
      reason: `${names.length} JSON files are named like ${files}`,
    }));
}

/** The name with one `*` for what lies between its first and last part that is a number or an id. */
function shapeOfName(name: string): string {
  const parts = name.split(/([-_.])/);
  const isVariable = (part: string): boolean => /\d/.test(part) || /^[0-9a-f]{4,}$/i.test(part);
  const first = parts.findIndex(isVariable);
  if (first < 0) return name;
  const last = parts.findLastIndex(isVariable);
  return `${parts.slice(0, first).join('')}*${parts.slice(last + 1).join('')}`;
}
