import { splitLines, stripAnsi } from '../../base/text.ts';
import type { Detection, Probe } from '../format.ts';
import { isCastHead } from '../shared/cast.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { initRecord, streamRecord } from './schema.ts';

/** Records of the stream among the first lines of a text; session files of Claude Code say `sessionId` instead. */
export function detectStream(probe: Probe): Detection {
  if (isCastHead(probe.head)) return { score: 0, reason: 'a terminal recording' };
  return scoreStreamText(probe.head);
}

export function scoreStreamText(text: string): Detection {
  let records = 0;
  let others = 0;
  for (const line of splitLines(text).slice(0, 400)) {
    for (const { value } of splitJsonLine(stripAnsi(line)).objects) {
      if (initRecord.safeParse(value).success) {
        return { score: 0.97, reason: 'a system/init record of the stream-json output' };
      }
      if (streamRecord.safeParse(value).success) records++;
      else others++;
    }
  }
  if (
    records + others === 0 &&
    /^\s*\{"type":"(?:system|assistant|user)"/.test(text) &&
    text.includes('"session_id":"')
  ) {
    return { score: 0.7, reason: 'fields type and session_id in a long record' };
  }
  if (records === 0) return { score: 0, reason: 'no record with type and session_id' };
  const share = records / (records + others);
  return {
    score: share > 0.5 ? 0.85 : 0.3,
    reason: `${records} records with type and session_id, ${others} other JSON objects`,
  };
}
