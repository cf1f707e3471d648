import { at } from '../../base/json.ts';
import { lastAtMost } from '../../base/order.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { ArtifactReader } from '../port.ts';
import { numericId, type PlacedEvent } from './order-events.ts';
import { isEvent } from './schema.ts';
import type { EventPage, SessionFiles } from './session-folder.ts';

/** The events of a session folder in the order of their ids; pages of the cache fill in for missing event files. */
export async function* readSession(
  files: SessionFiles,
  reader: ArtifactReader,
  log: DiagnosticLog,
): AsyncGenerator<PlacedEvent> {
  const cached = await readMissing(files, reader, log);
  let next = 0;
  for (const { id, path } of files.singles) {
    for (let extra = cached[next]; extra && extra.id < id; extra = cached[++next]) yield extra.item;
    const event = await readEvent(path, reader, log);
    if (event) yield event;
  }
  for (; next < cached.length; next++) {
    const extra = cached[next];
    if (extra) yield extra.item;
  }
}

async function readEvent(
  path: string,
  reader: ArtifactReader,
  log: DiagnosticLog,
): Promise<PlacedEvent | undefined> {
  const document = await reader.json(path);
  if (!document) return undefined;
  log.addAll(document.diagnostics);
  if (isEvent(document.value)) return { event: document.value, place: { artifact: path } };
  const damaged = document.diagnostics.length > 0 || isForgotten(document.value);
  if (!damaged) log.fold('unexpected-shape', 'warning', 'a file holds no event', { artifact: path });
  return undefined;
}

/** Oldest versions wrote events whose name was lost (`"action": null`): nothing is missed with them. */
function isForgotten(value: unknown): boolean {
  return at(value, 'action') === null || at(value, 'observation') === null;
}

/** Events that only the cache holds, by id. A page whose events all have files of their own is not opened. */
async function readMissing(
  { singles, pages }: SessionFiles,
  reader: ArtifactReader,
  log: DiagnosticLog,
): Promise<{ readonly id: number; readonly item: PlacedEvent }[]> {
  const own = new Set(singles.map((single) => single.id));
  const missing = new Map<number, PlacedEvent>();
  for (const page of pages) {
    if (singles.length > 0 && isCovered(page, singles)) continue;
    for (const item of await readPage(page, reader, log)) {
      const id = numericId(item.event);
      if (id !== undefined && !own.has(id) && !missing.has(id)) missing.set(id, item);
    }
  }
  return [...missing].map(([id, item]) => ({ id, item })).sort((a, b) => a.id - b.id);
}

function isCovered(page: EventPage, singles: SessionFiles['singles']): boolean {
  for (let id = page.from; id < page.to; id++) {
    if (lastAtMost(singles, id, (single) => single.id)?.id !== id) return false;
  }
  return true;
}

async function readPage(page: EventPage, reader: ArtifactReader, log: DiagnosticLog): Promise<PlacedEvent[]> {
  const document = await reader.json(page.path, ['']);
  if (!document) return [];
  const events: PlacedEvent[] = [];
  for await (const batch of document.elements('')) {
    for (const { index, value } of batch) {
      if (isEvent(value)) events.push({ event: value, place: { artifact: page.path, pointer: `/${index}` } });
    }
  }
  log.addAll(document.diagnostics);
  return events;
}
