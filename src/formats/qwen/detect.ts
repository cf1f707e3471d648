import { splitLines } from '../../base/text.ts';
import type { Detection, Probe } from '../format.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { isChatRecord } from './schema.ts';

/** Records with the envelope of Claude Code's session files, but messages in parts as Gemini has them. */
export function detectQwen({ head }: Probe): Detection {
  let records = 0;
  let others = 0;
  for (const line of splitLines(head).slice(0, 200)) {
    for (const { value } of splitJsonLine(line).objects) {
      if (isChatRecord(value)) records++;
      else others++;
    }
  }
  if (records > others) {
    return { score: 0.95, reason: `${records} records with sessionId, uuid and messages in parts` };
  }
  // A first record longer than what detection sees.
  if (
    records + others === 0 &&
    /"parentUuid":/.test(head) &&
    /"message":\{"role":"\w+","parts":\[/.test(head)
  ) {
    return { score: 0.9, reason: 'a long record with parentUuid and a message in parts' };
  }
  return { score: records > 0 ? 0.4 : 0, reason: 'no records with messages in parts' };
}
