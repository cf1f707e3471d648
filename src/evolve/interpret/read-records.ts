import { exhaustive } from '../../base/assert.ts';
import { isObject } from '../../base/json.ts';
import { isTooDeep } from '../../base/json-depth.ts';
import type { ArtifactReader, Entry } from '../../formats/port.ts';
import { readFileRecords } from '../../formats/shared/json-records.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { reach } from '../spec/path.ts';
import type { SpecSource } from '../spec/spec.ts';
import { pathOf } from './compile-spec.ts';
import { matchGlob } from './match-glob.ts';
import { NewElements } from './new-elements.ts';
import type { SourceRecord } from './source-record.ts';
import { readTextRecords } from './text-records.ts';

export interface RecordStream {
  /** The document around the records, where there is one; its records may be left out of it. */
  readonly document?: unknown;
  readonly records: AsyncIterable<readonly SourceRecord[]>;
}

/** More files of one folder are not read. */
const MAX_FILES = 200_000;
const FILES_PER_BATCH = 50;
const MAX_FOLDERS = 50;

/** Opens the records of an artifact as a spec says. Never throws for content; what is broken stands in the log. */
export async function openRecords(
  source: SpecSource,
  entry: Entry,
  reader: ArtifactReader,
  log: DiagnosticLog,
): Promise<RecordStream> {
  const stream = await openAll(source, entry, reader, log);
  const growing = source.unit === 'text' ? undefined : source.growing;
  if (growing === undefined) return stream;
  return { ...stream, records: onlyNew(stream.records, new NewElements(growing)) };
}

async function* onlyNew(
  records: AsyncIterable<readonly SourceRecord[]>,
  elements: NewElements,
): AsyncGenerator<readonly SourceRecord[]> {
  for await (const batch of records) yield batch.map((record) => elements.take(record));
}

async function openAll(
  source: SpecSource,
  entry: Entry,
  reader: ArtifactReader,
  log: DiagnosticLog,
): Promise<RecordStream> {
  switch (source.unit) {
    case 'jsonl':
      return { records: readLines(reader, entry.path, log) };
    case 'folder':
      return { records: readFolder(source, entry, reader, log) };
    case 'text':
      return { records: readTextRecords(source.markers, entry.path, reader, log) };
    case 'json':
      return await openDocument(source.records, entry, reader, log);
    default:
      return exhaustive(source);
  }
}

async function* readLines(
  reader: ArtifactReader,
  path: string,
  log: DiagnosticLog,
): AsyncGenerator<SourceRecord[]> {
  for await (const batch of readFileRecords(reader, path, log)) {
    yield batch.map(({ value, line }) => ({ value, place: { artifact: path, line: line.line } }));
  }
}

async function openDocument(
  records: string,
  entry: Entry,
  reader: ArtifactReader,
  log: DiagnosticLog,
): Promise<RecordStream> {
  const path = pathOf(records);
  const [first, second] = path.parts;
  const key =
    first && 'all' in first
      ? path.parts.length === 1
        ? ''
        : undefined
      : first && 'key' in first && second && 'all' in second && path.parts.length === 2
        ? first.key
        : undefined;
  const document = await reader.json(entry.path, key === undefined ? [] : [key]);
  if (!document) return { records: none() };
  const place = (pointer: string): SourceRef => ({ artifact: entry.path, pointer });
  if (key !== undefined) {
    const base = key === '' ? '' : `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return {
      document: document.value,
      records: (async function* elements() {
        for await (const batch of document.elements(key)) {
          yield keepObjects(
            batch.map(({ index, value }) => ({ value, place: place(`${base}/${index}`) })),
            log,
          );
        }
        log.addAll(document.diagnostics);
      })(),
    };
  }
  log.addAll(document.diagnostics);
  const found = isTooDeep(document.value) ? [] : reach(document.value, path);
  if (found.length === 0 && isTooDeep(document.value)) {
    log.add('limit-reached', 'warning', 'the document nests too deeply and was left out', place(''));
  }
  const all = keepObjects(
    found.map(({ value, pointer }) => ({ value, place: place(pointer) })),
    log,
  );
  return { document: document.value, records: once(all) };
}

type FolderSource = Extract<SpecSource, { unit: 'folder' }>;

/** The files that hold the records of a folder, in natural order: its own, else those of the first folder in it with any. */
export async function listRecordFiles(
  { files }: FolderSource,
  entry: Entry,
  reader: ArtifactReader,
): Promise<Entry[]> {
  const matching = (entries: readonly Entry[]): Entry[] =>
    entries.filter(({ kind, name }) => kind === 'file' && matchGlob(files, name));
  const entries = await reader.list(entry.path);
  const own = matching(entries);
  if (own.length > 0) return own;
  for (const { kind, path } of entries.slice(0, MAX_FOLDERS)) {
    const inside = kind === 'directory' ? matching(await reader.list(path)) : [];
    if (inside.length > 0) return inside;
  }
  return [];
}

async function* readFolder(
  source: FolderSource,
  entry: Entry,
  reader: ArtifactReader,
  log: DiagnosticLog,
): AsyncGenerator<SourceRecord[]> {
  const matching = await listRecordFiles(source, entry, reader);
  if (matching.length > MAX_FILES) {
    const place = { artifact: entry.path };
    log.add('limit-reached', 'warning', `only the first ${MAX_FILES} files of the folder were read`, place);
  }
  let batch: SourceRecord[] = [];
  for (const file of matching.slice(0, MAX_FILES)) {
    const document = await reader.json(file.path);
    if (!document) continue;
    log.addAll(document.diagnostics);
    batch.push(...keepObjects([{ value: document.value, place: { artifact: file.path } }], log));
    if (batch.length < FILES_PER_BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function keepObjects(
  found: readonly { readonly value: unknown; readonly place: SourceRef }[],
  log: DiagnosticLog,
): SourceRecord[] {
  const kept: SourceRecord[] = [];
  for (const { value, place } of found) {
    if (!isObject(value))
      log.fold('unexpected-shape', 'info', 'an element that is no object was passed over', place);
    else if (isTooDeep(value)) {
      log.fold('limit-reached', 'warning', 'a record nests too deeply and was left out', place);
    } else kept.push({ value, place });
  }
  return kept;
}

async function* once(records: readonly SourceRecord[]): AsyncGenerator<readonly SourceRecord[]> {
  if (records.length > 0) yield records;
}

async function* none(): AsyncGenerator<readonly SourceRecord[]> {}
