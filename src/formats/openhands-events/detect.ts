import { isObject } from '../../base/json.ts';
import type { Detection, Probe } from '../format.ts';
import { peekObjects } from '../shared/peek-json.ts';
import { HISTORY_KEYS, isEvent } from './schema.ts';
import { listSession } from './session-folder.ts';

const NO: Detection = { score: 0, reason: 'no events of the OpenHands event stream' };

export async function detectEvents(probe: Probe): Promise<Detection> {
  return probe.entry.kind === 'directory' ? await detectFolder(probe) : await detectFile(probe);
}

async function detectFolder({ entry, entries, reader }: Probe): Promise<Detection> {
  const { singles, pages } = await listSession(entry.path, entries, reader);
  const count = singles.length + pages.length;
  if (count === 0) return { score: 0, reason: 'no files <number>.json, no cache pages' };
  // Several files are looked at, since one of them may be damaged.
  for (const { path } of [...singles.slice(0, 3), ...pages.slice(0, 2)]) {
    const head = (await reader.head(path)) ?? '';
    if (holdsEvents(head.startsWith('[') ? head : `[${head}`)) {
      return { score: 0.95, reason: `${count} numbered files with events (action or observation)` };
    }
  }
  return { score: 0.1, reason: 'numbered JSON files without events' };
}

/** Whether an array's text begins with events. The first one may be longer than what is seen of it. */
function holdsEvents(text: string, from = 0): boolean {
  const objects = peekObjects(text, from);
  if (objects.length > 0) return objects.some(isEvent);
  const start = text.slice(from, from + 400);
  return /^\[\s*\[?\s*\{\s*"id": ?\d+, ?"timestamp": ?"[^"]+", ?"source": ?"(?:agent|user|environment)"/.test(
    start,
  );
}

async function detectFile({ entry, head, reader }: Probe): Promise<Detection> {
  const text = head.trimStart();
  if (text.startsWith('[')) {
    return holdsEvents(text) ? { score: 0.9, reason: 'a list of events (action or observation)' } : NO;
  }
  if (!text.startsWith('{')) return NO;
  const inHead = findHistory(text);
  if (inHead >= 0) {
    return holdsEvents(text, inHead) ? { score: 0.9, reason: 'a history of events' } : NO;
  }
  // Instruction and configuration of a row may be longer than the head: the row's own keys tell.
  if (!entry.name.endsWith('.jsonl') || !/"(?:instance_id|test_result|git_patch|instruction)"/.test(text))
    return NO;
  return (await firstRowHasEvents(entry.path, reader))
    ? { score: 0.9, reason: 'rows with a history of events' }
    : NO;
}

function findHistory(text: string): number {
  const match = /"(?:history|trajectory|events)"\s*:\s*\[/.exec(text);
  return match ? match.index + match[0].length - 1 : -1;
}

async function firstRowHasEvents(path: string, reader: Probe['reader']): Promise<boolean> {
  for await (const batch of reader.lines(path)) {
    const first = batch.find((line) => line.text.trim() !== '');
    if (!first) continue;
    try {
      const row: unknown = JSON.parse(first.text);
      if (!isObject(row)) return false;
      const history = HISTORY_KEYS.map((key) => row[key]).find((value) => Array.isArray(value));
      return Array.isArray(history) && history.slice(0, 3).flat().some(isEvent);
    } catch {
      return false;
    }
  }
  return false;
}
