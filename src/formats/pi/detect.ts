import { splitLines } from '../../base/text.ts';
import type { Detection, Probe } from '../format.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { isMessageEntry, sessionHeader } from './schema.ts';

const NO: Detection = { score: 0, reason: 'no session header of pi' };

/** A header line with directory and time, then entries with messages. */
export function detectPi({ head }: Probe): Detection {
  let header = false;
  let messages = 0;
  let calls = 0;
  for (const line of splitLines(head).slice(0, 50)) {
    for (const { value } of splitJsonLine(line).objects) {
      if (sessionHeader.safeParse(value).success && 'timestamp' in value && 'cwd' in value) header = true;
      else if (isMessageEntry(value)) {
        messages++;
        if (/"(?:toolCallId|stopReason)"/.test(line)) calls++;
      }
    }
  }
  if (header && messages > 0) return { score: 0.95, reason: `a session header and ${messages} messages` };
  // The header alone: nothing was said yet, or the first message is longer than what detection sees.
  if (header) return { score: 0.75, reason: 'a session header with directory and time' };
  if (calls > 0) return { score: 0.7, reason: `${messages} messages with pi's roles, without a header` };
  return NO;
}
