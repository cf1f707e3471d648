import { isObject, type JsonObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import { joinPath } from '../../base/path.ts';
import type { Detection, Probe } from '../format.ts';
import { peekObjects } from '../shared/peek-json.ts';
import { readCallLog } from './read-call-log.ts';
import { HISTORY, SHOWN } from './task-files.ts';

/** A folder by its files; a file by the shape of its messages and the marks that the extension puts into them. */
export async function detectClineRoo(probe: Probe): Promise<Detection> {
  const { entry, entries, reader, head } = probe;
  if (entry.kind === 'file') return detectFile(head, entry.name);
  const names = new Set(entries.filter(({ kind }) => kind === 'file').map(({ name }) => name));
  for (const name of [HISTORY, ...SHOWN]) {
    if (!names.has(name)) continue;
    const inside = (await reader.head(joinPath(entry.path, name))) ?? '';
    const { score, reason } = detectFile(inside, name);
    if (score > 0) return { score: Math.max(score, 0.9), reason: `${name}: ${reason}` };
  }
  return { score: 0, reason: `no ${HISTORY}, no ${SHOWN[0]}` };
}

function detectFile(head: string, name: string): Detection {
  const text = head.trimStart();
  if (text.startsWith('{')) return detectLog(text);
  if (!text.startsWith('[')) return { score: 0, reason: 'no JSON array' };
  const [first] = peekObjects(text, 0, 1);
  if (first && (first.type === 'say' || first.type === 'ask') && typeof first.ts === 'number') {
    if ('say' in first || 'ask' in first)
      return { score: 0.95, reason: 'messages that the extension said and asked' };
  }
  if (isTaskMessage(text, first)) return { score: 0.95, reason: 'a task with the extension’s own marks' };
  if (name === HISTORY && /"role"\s*:/.test(text))
    return { score: 0.8, reason: 'messages with roles under the extension’s file name' };
  if ((name === HISTORY || SHOWN.some((shown) => shown === name)) && /^\[\s*\]\s*$/.test(text))
    return { score: 0.6, reason: 'an empty list under the extension’s file name' };
  return { score: 0, reason: 'no marks of the extension' };
}

/** The first message holds the task in tags, or the editor's surroundings; it may be too long for the head. */
function isTaskMessage(text: string, first: JsonObject | undefined): boolean {
  if (
    first &&
    (first.role !== 'user' || !(Array.isArray(first.content) || typeof first.content === 'string'))
  ) {
    return false;
  }
  if (!/^\[\s*\{[^[\]]{0,200}"role"\s*:\s*"user"/.test(text) && !first) return false;
  const start = /"(?:text|content)"\s*:\s*"(?:\\n)*<(?:task|user_message|feedback)>/.test(
    text.slice(0, 2000),
  );
  const marked = text.includes('<environment_details>') || text.includes('# VSCode Open Tabs');
  return start && (marked || first === undefined || hasTime(first));
}

function hasTime(message: JsonObject): boolean {
  return isObject(message) && typeof message.ts === 'number';
}

function detectLog(text: string): Detection {
  const line = text.slice(0, text.includes('\n') ? text.indexOf('\n') : text.length);
  const record = parse(line);
  const entry = record && readCallLog(record);
  return entry
    ? { score: 0.85, reason: 'a log of messages and calls with modes of the extension' }
    : { score: 0, reason: 'no list of messages' };
}

function parse(text: string): JsonObject | undefined {
  const value = parseJsonText(text);
  return isObject(value) ? value : undefined;
}
