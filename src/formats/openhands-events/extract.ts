import { pointer } from '../../base/json.ts';
import { joinPath } from '../../base/path.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { collectEvents, readAll, startRun } from './build-run.ts';
import { EventStream } from './event-stream.ts';
import { extractRows } from './extract-rows.ts';
import type { PlacedEvent } from './order-events.ts';
import { readRow, readSessionMetadata } from './read-row.ts';
import { readSession } from './read-session.ts';
import { HISTORY_KEYS } from './schema.ts';
import { listSession } from './session-folder.ts';

/** The runs of a session folder, of a JSON document with one run's events, or of the rows of a JSON Lines file. */
export async function* extractEvents(input: ExtractInput): AsyncGenerator<RunBuilder> {
  if (input.entry.kind === 'directory') yield await extractFolder(input);
  else if (input.entry.name.endsWith('.jsonl')) yield* extractRows(input);
  else yield await extractDocument(input);
}

async function extractFolder({ entry, path, reader }: ExtractInput): Promise<RunBuilder> {
  const run = startRun(path);
  const entries = await reader.list(entry.path);
  const metadata = joinPath(entry.path, 'metadata.json');
  if (entries.some(({ name }) => name === 'metadata.json')) {
    const document = await reader.json(metadata);
    run.log.addAll(document?.diagnostics ?? []);
    readSessionMetadata(run, document?.value);
    run.artifact({ path: metadata, use: 'enrichment' });
  }
  for (const file of entries) {
    // A pickle runs code when it is opened: it never is.
    if (file.name.endsWith('.pkl')) run.artifact({ path: file.path, size: file.size, use: 'unread' });
  }
  const stream = new EventStream(run);
  const files = await listSession(entry.path, entries, reader);
  for await (const { event, place } of readSession(files, reader, run.log)) {
    run.artifact({ path: place.artifact, use: 'steps' });
    stream.read(event, place);
  }
  stream.finish();
  return run;
}

async function extractDocument({ entry, path, reader }: ExtractInput): Promise<RunBuilder> {
  const run = startRun(path);
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  const document = await reader.json(entry.path, ['', ...HISTORY_KEYS]);
  const value = document?.value;
  const row = typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  if (row) readRow(run, row, (...keys) => ({ artifact: entry.path, pointer: pointer(...keys) }));
  const events: PlacedEvent[] = [];
  for (const key of row ? HISTORY_KEYS : ['']) {
    for await (const batch of document?.elements(key) ?? []) {
      for (const { index, value: item } of batch) {
        const at = key === '' ? [index] : [key, index];
        collectEvents(item, at, { artifact: entry.path }, run, events);
      }
    }
    if (events.length > 0) break;
  }
  run.log.addAll(document?.diagnostics ?? []);
  readAll(run, events);
  return run;
}
