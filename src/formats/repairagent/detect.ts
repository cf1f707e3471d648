import { asString, isObject } from '../../base/json.ts';
import { joinPath } from '../../base/path.ts';
import type { Detection, Probe } from '../format.ts';
import { peekObjects } from '../shared/peek-json.ts';
import { CYCLE_FILE, CYCLE_FOLDER, SYSTEM_MARK } from './schema.ts';

const SEQUENCE = /^\s*={5,40} ChatSequence ={5,40}\s*\n/;

/** A folder by its cycles, a file by prints of prompts or by the messages in it. */
export async function detectRepairAgent({ entry, entries, reader, head }: Probe): Promise<Detection> {
  if (entry.kind === 'file') return detectFile(head, entry.name);
  for (const { name, path, kind } of entries) {
    if (kind !== 'directory' || !CYCLE_FOLDER.test(name)) continue;
    for (const file of await reader.list(path)) {
      if (!CYCLE_FILE.test(file.name)) continue;
      const inside = detectFile((await reader.head(joinPath(path, file.name), 8192)) ?? '', file.name);
      if (inside.score > 0) return { score: inside.score, reason: `cycle ${name}: ${inside.reason}` };
    }
    return { score: 0, reason: 'no files of a cycle' };
  }
  return { score: 0, reason: 'no folders of cycles' };
}

function detectFile(head: string, name: string): Detection {
  if (SEQUENCE.test(head)) {
    return SYSTEM_MARK.test(head)
      ? { score: 0.95, reason: 'printed prompts of RepairAgent' }
      : { score: 0.75, reason: 'printed prompts, as RepairAgent and Auto-GPT write them' };
  }
  const text = head.trimStart();
  if (!text.startsWith('[') && !text.startsWith('{')) return { score: 0, reason: 'no prompts' };
  const [first] = peekObjects(text, 0, 1);
  const isMessage = isObject(first) && typeof first.role === 'string' && typeof first.content === 'string';
  if (
    isMessage &&
    first.role === 'system' &&
    SYSTEM_MARK.test((asString(first.content) ?? '').slice(0, 200))
  ) {
    return { score: 0.95, reason: 'messages that begin with RepairAgent’s system prompt' };
  }
  if (!CYCLE_FILE.test(name)) return { score: 0, reason: 'no prompts of RepairAgent' };
  if (isMessage || /^\[\s*\{\s*"role"/.test(text)) {
    return { score: 0.75, reason: 'messages under the name of a cycle’s file' };
  }
  return /^\[\s*\]\s*$/.test(text)
    ? { score: 0.6, reason: 'an empty history under the name of a cycle’s file' }
    : { score: 0, reason: 'no messages' };
}
