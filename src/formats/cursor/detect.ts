import { splitLines } from '../../base/text.ts';
import type { Detection, Probe } from '../format.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { transcriptLine } from './schema.ts';

/** By its lines: a role, and a message whose content is all it has; other tools write ids and times beside them. */
export function detectCursor(probe: Probe): Detection {
  const { head, entry } = probe;
  if (head.startsWith('SQLite format 3')) {
    const isStore = entry.name.endsWith('store.db') || head.includes('CREATE TABLE blobs');
    return isStore
      ? { score: 0.2, reason: 'a database of Cursor: only its transcripts are read' }
      : { score: 0, reason: 'a database' };
  }
  let messages = 0;
  let marked = 0;
  let others = 0;
  for (const line of splitLines(head).slice(0, 200)) {
    for (const { value } of splitJsonLine(line).objects) {
      if (isTranscriptLine(value)) {
        messages++;
        if (line.includes('<user_query>')) marked++;
      } else if (value.type !== 'turn_ended') others++;
    }
  }
  if (messages === 0) return { score: 0, reason: 'no message with role and content' };
  const reason = `${messages} messages with a role and content alone`;
  if (messages <= others) return { score: 0.3, reason: `${reason} among ${others} others` };
  return { score: marked > 0 || entry.path.includes('agent-transcripts') ? 0.95 : 0.85, reason };
}

function isTranscriptLine(value: Record<string, unknown>): boolean {
  const foreign = ['uuid', 'sessionId', 'session_id', 'id', 'timestamp', 'parentUuid'].some(
    (key) => key in value,
  );
  return !foreign && transcriptLine.safeParse(value).success;
}
