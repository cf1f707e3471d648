import { isObject, type JsonObject } from '../../base/json.ts';
import type { Entry } from '../../formats/port.ts';
import { splitJsonLine } from '../../formats/shared/split-json-line.ts';
import type { SampleArtifact } from './sample.ts';

/** Samples that are built alike: one extractor can be learnt from them. */
export interface SampleGroup {
  readonly unit: 'folder' | 'lines' | 'document' | 'text';
  readonly samples: readonly SampleArtifact[];
}

const LOOK_AT = 60;
const ALIKE = 0.65;
const MAX_DOCUMENT = 40_000_000;

/**
 * Sorts samples by how they are built: files of lines, documents, folders, texts, and within these by the keys of their
 * records. Versions of one format that share most of their keys stay together. The largest group comes first.
 */
export async function groupSamples(samples: readonly SampleArtifact[]): Promise<SampleGroup[]> {
  const groups: { unit: SampleGroup['unit']; keys: Set<string>; samples: SampleArtifact[] }[] = [];
  for (const sample of samples) {
    const { unit, keys } = await shapeOf(sample);
    let best: (typeof groups)[number] | undefined;
    let bestAlike = ALIKE;
    for (const group of groups) {
      const alike = group.unit === unit ? overlap(group.keys, keys) : 0;
      if (alike < bestAlike) continue;
      best = group;
      bestAlike = alike;
    }
    if (best) {
      best.samples.push(sample);
      for (const key of keys) best.keys.add(key);
    } else groups.push({ unit, keys, samples: [sample] });
  }
  return groups
    .toSorted((a, b) => b.samples.length - a.samples.length)
    .map(({ unit, samples: alike }) => ({ unit, samples: alike }));
}

/** Share of the smaller set that the larger one has too: a short sample shows few of the kinds. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size === 0) return large.size === 0 ? 1 : 0;
  let shared = 0;
  for (const key of small) if (large.has(key)) shared++;
  return shared / small.size;
}

async function shapeOf({
  reader,
  entry,
}: SampleArtifact): Promise<{ unit: SampleGroup['unit']; keys: Set<string> }> {
  if (entry.kind === 'directory') {
    const files = await jsonFilesOf({ reader, entry });
    const documents: unknown[] = [];
    for (const { path } of files.slice(0, 8)) documents.push((await reader.json(path))?.value);
    return { unit: 'folder', keys: keysOf(documents.filter(isObject)) };
  }
  const head = (await reader.head(entry.path)) ?? '';
  const lines = head.split('\n', LOOK_AT).filter((line) => line.trim() !== '');
  const objects = lines.flatMap((line) => splitJsonLine(line).objects.map(({ value }) => value));
  if (entry.name.endsWith('.jsonl') || (objects.length >= 2 && objects.length * 2 >= lines.length)) {
    return { unit: 'lines', keys: keysOf(objects) };
  }
  const start = head.trimStart().charAt(0);
  if ((start === '{' || start === '[') && entry.size <= MAX_DOCUMENT) {
    const value = (await reader.json(entry.path))?.value;
    if (Array.isArray(value))
      return { unit: 'document', keys: keysOf(value.slice(0, LOOK_AT).filter(isObject)) };
    if (isObject(value)) return { unit: 'document', keys: documentKeys(value) };
  }
  return { unit: 'text', keys: new Set() };
}

function keysOf(records: readonly JsonObject[]): Set<string> {
  const keys = new Set<string>();
  for (const record of records) {
    for (const [key, value] of Object.entries(record)) {
      keys.add(key);
      // Envelopes look alike: what they hold tells more.
      if (isObject(value)) for (const inner of Object.keys(value).slice(0, 40)) keys.add(`${key}.${inner}`);
    }
  }
  return keys;
}

/** Keys of the document, and of the objects in its arrays. */
function documentKeys(document: JsonObject): Set<string> {
  const keys = new Set<string>();
  for (const [key, value] of Object.entries(document)) {
    keys.add(key);
    if (!Array.isArray(value)) continue;
    for (const inner of keysOf(value.slice(0, LOOK_AT).filter(isObject))) keys.add(`${key}[*].${inner}`);
  }
  return keys;
}

/** JSON files of the folder, or of the folders in it where it has hardly any itself. */
async function jsonFilesOf({ reader, entry }: SampleArtifact): Promise<Entry[]> {
  const entries = await reader.list(entry.path);
  const isJson = ({ kind, name }: Entry): boolean => kind === 'file' && name.endsWith('.json');
  const own = entries.filter(isJson);
  if (own.length >= 3) return own;
  for (const { kind, path } of entries.slice(0, 20)) {
    if (kind === 'directory') own.push(...(await reader.list(path)).filter(isJson));
  }
  return own.toSorted((a, b) => a.path.split('/').length - b.path.split('/').length).slice(-30);
}
