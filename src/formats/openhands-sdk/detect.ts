import { isObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import type { Detection, Probe } from '../format.ts';
import { endOfObject, peekObjects } from '../shared/peek-json.ts';
import { EVENT_MARK } from './json-blocks.ts';
import { listEventFiles } from './read-folder.ts';
import { isSdkEvent, isTextEvent } from './schema.ts';

const NO: Detection = { score: 0, reason: 'no events of the OpenHands SDK' };
const KIND_TEXT = /"kind": ?"(?:\w{2,40}Event|Condensation|UserRejectObservation)"/;

export async function detectSdk(probe: Probe): Promise<Detection> {
  return probe.entry.kind === 'directory' ? await detectFolder(probe) : detectFile(probe);
}

async function detectFolder({ entry, entries, reader }: Probe): Promise<Detection> {
  const files = await listEventFiles(entry.path, entries, reader);
  for (const file of files.slice(0, 3)) {
    // The kind stands at the end of an event, behind a system prompt of any length.
    const document = await reader.json(file.path);
    if (isSdkEvent(document?.value)) {
      return {
        score: 0.95,
        reason: `${files.length} files event-<n>-<id>.json whose kind names an SDK event`,
      };
    }
  }
  const state = entries.find((file) => file.name === 'base_state.json');
  const value = state && (await reader.json(state.path))?.value;
  if (isObject(value) && Object.hasOwn(value, 'execution_status')) {
    return { score: 0.8, reason: 'base_state.json of a conversation, without events' };
  }
  return { score: 0, reason: 'no event files of the OpenHands SDK' };
}

function detectFile({ entry, head }: Probe): Detection {
  if (entry.name.endsWith('.jsonl')) return detectLines(head);
  if (entry.name.endsWith('.json')) return detectDocument(head.trimStart());
  return head.includes(EVENT_MARK) && KIND_TEXT.test(head)
    ? { score: 0.9, reason: `printed events behind "${EVENT_MARK}"` }
    : NO;
}

function detectLines(head: string): Detection {
  const lines = head.split('\n', 6).filter((line) => line.trim() !== '');
  const found = lines.some((line) => isSdkEvent(tryParse(line)));
  return found ? { score: 0.9, reason: 'JSON lines whose kind names an SDK event' } : NO;
}

function detectDocument(text: string): Detection {
  const list = text.startsWith('[') ? 0 : eventsArray(text);
  if (list < 0) return NO;
  const objects = peekObjects(text, list);
  if (objects.some(isSdkEvent))
    return { score: 0.9, reason: 'a list of events whose kind names an SDK event' };
  if (objects.some(isTextEvent)) return { score: 0.8, reason: 'an export of a conversation for reading' };
  // The first event may be longer than the head; then its kind is not seen.
  return objects.length === 0 &&
    endOfObject(text, text.indexOf('{', list)) === undefined &&
    KIND_TEXT.test(text)
    ? { score: 0.6, reason: 'a list of records, one at least with the kind of an SDK event' }
    : NO;
}

function eventsArray(text: string): number {
  const match = /"events"\s*:\s*\[/.exec(text);
  return text.startsWith('{') && match ? match.index + match[0].length - 1 : -1;
}

function tryParse(text: string): unknown {
  return parseJsonText(text);
}
