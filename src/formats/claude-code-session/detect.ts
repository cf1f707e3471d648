import { asString, isObject } from '../../base/json.ts';
import { baseName } from '../../base/path.ts';
import { splitLines } from '../../base/text.ts';
import type { Detection, Probe } from '../format.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { sessionRecord } from './schema.ts';

/** Kinds of lines that only session files have; they may fill the beginning of a file. */
const NOTES = new Set(['file-history-snapshot', 'summary', 'progress', 'queue-operation']);

/** Records with `sessionId`, `uuid` and a message among the first lines. Streams say `session_id` instead. */
export function detectSession(probe: Probe): Detection {
  let messages = 0;
  let notes = 0;
  let others = 0;
  for (const line of splitLines(probe.head).slice(0, 400)) {
    for (const { value } of splitJsonLine(line).objects) {
      const known = sessionRecord.safeParse(value);
      // Forks of other tools keep the envelope and write the message in Gemini's shape.
      if (isObject(value.message) && 'parts' in value.message) others++;
      else if (known.success && 'message' in value && ['user', 'assistant'].includes(known.data.type))
        messages++;
      else if (known.success || NOTES.has(asString(value.type) ?? '')) notes++;
      else others++;
    }
  }
  if (messages === 0) {
    // A first record longer than what detection sees, or a session that holds only notes.
    const cut = probe.head.includes('"sessionId":"') && probe.head.includes('"parentUuid":');
    if (cut && others === 0)
      return { score: 0.7, reason: 'fields sessionId and parentUuid in a long record' };
    return { score: 0, reason: 'no message with sessionId and uuid' };
  }
  const share = (messages + notes) / (messages + notes + others);
  const what = `${messages} messages with sessionId and uuid`;
  if (share < 0.5) return { score: 0.4, reason: `${what} among ${others} other records` };
  return { score: 0.95, reason: isAgentFile(baseName(probe.entry.path)) ? `${what} of a sub-agent` : what };
}

/** Files of sub-agents: `agent-<id>.jsonl`. */
export function isAgentFile(name: string): boolean {
  return name.startsWith('agent-') && name.endsWith('.jsonl');
}
