import { isObject } from '../../base/json.ts';
import { compareNatural } from '../../base/order.ts';
import { joinPath } from '../../base/path.ts';
import { toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import type { Conversation } from './conversation.ts';
import { EVENT_FILE, isSdkEvent } from './schema.ts';

/** Event files of a conversation's folder (`events/`), or of the `events` folder itself, in natural order. */
export async function listEventFiles(
  folder: string,
  entries: readonly Entry[],
  reader: ArtifactReader,
): Promise<readonly Entry[]> {
  const own = entries.filter(isEventFile);
  const nested = entries.some((entry) => entry.kind === 'directory' && entry.name === 'events');
  const files =
    own.length > 0 || !nested ? own : (await reader.list(joinPath(folder, 'events'))).filter(isEventFile);
  return files.toSorted((a, b) => compareNatural(a.name, b.name));
}

function isEventFile(entry: Entry): boolean {
  return entry.kind === 'file' && EVENT_FILE.test(entry.name);
}

/** Reads a conversation's folder: its state first, then its events by number. */
export async function readFolder(
  run: RunBuilder,
  conversation: Conversation,
  folder: Entry,
  reader: ArtifactReader,
): Promise<void> {
  const entries = await reader.list(folder.path);
  const state = entries.find((entry) => entry.name === 'base_state.json');
  if (state) {
    const document = await reader.json(state.path);
    run.log.addAll(document?.diagnostics ?? []);
    if (isObject(document?.value)) conversation.readState(document.value);
    run.artifact({ path: state.path, size: state.size, use: 'enrichment' });
  }
  for (const file of await orderFiles(run, await listEventFiles(folder.path, entries, reader), reader)) {
    const document = await reader.json(file.path);
    const place = { artifact: file.path };
    run.artifact({ path: file.path, size: file.size, use: 'steps' });
    run.log.addAll(document?.diagnostics ?? []);
    if (isSdkEvent(document?.value)) conversation.read(document.value, place);
    else if (!document || document.diagnostics.length === 0) {
      run.log.fold('unexpected-shape', 'warning', 'a file holds no event', place);
    }
  }
}

/** Numbers that come twice are of several openings of one conversation: then the recorded times give the order. */
async function orderFiles(
  run: RunBuilder,
  files: readonly Entry[],
  reader: ArtifactReader,
): Promise<readonly Entry[]> {
  const numbers = new Set(files.map((file) => EVENT_FILE.exec(file.name)?.[1]));
  if (numbers.size === files.length) return files;
  run.log.add(
    'several-sessions',
    'info',
    'event numbers come twice: the conversation was opened several times',
  );
  let last = 0;
  const keyed: { file: Entry; time: number }[] = [];
  for (const file of files) {
    const document = await reader.json(file.path);
    last = isObject(document?.value) ? (toMillis(document.value.timestamp) ?? last) : last;
    keyed.push({ file, time: last });
  }
  return keyed.sort((a, b) => a.time - b.time).map(({ file }) => file);
}
