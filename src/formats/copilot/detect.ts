import { splitLines } from '../../base/text.ts';
import type { Detection, Probe } from '../format.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { COMMON, copilotEvent } from './schema.ts';

/** By its events: a dotted type, data, and the id of the event before. */
export function detectCopilot(probe: Probe): Detection {
  let known = 0;
  let common = 0;
  let others = 0;
  for (const line of splitLines(probe.head).slice(0, 200)) {
    for (const { value } of splitJsonLine(line).objects) {
      const event = copilotEvent.safeParse(value);
      if (!event.success || !('parentId' in value)) others++;
      else {
        known++;
        if (COMMON.test(event.data.type)) common++;
      }
    }
  }
  if (common === 0) {
    const cut = probe.head.startsWith('{"type":"session.start","data":{"sessionId":');
    return cut
      ? { score: 0.8, reason: 'a long session.start event' }
      : { score: 0, reason: 'no event of a session' };
  }
  const reason = `${known} events with dotted types, data and parentId`;
  return known > others
    ? { score: 0.95, reason }
    : { score: 0.4, reason: `${reason} among ${others} others` };
}
