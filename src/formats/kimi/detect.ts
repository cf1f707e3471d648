import { splitLines } from '../../base/text.ts';
import type { Detection, Probe } from '../format.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { isControlLine, isMessageLine, isWireLine } from './schema.ts';

/** Lines whose roles include the CLI's own, or lines of the wire protocol. */
export function detectKimi({ head }: Probe): Detection {
  let control = 0;
  let messages = 0;
  let wire = 0;
  let others = 0;
  for (const line of splitLines(head).slice(0, 200)) {
    for (const { value } of splitJsonLine(line).objects) {
      if (isControlLine(value)) control++;
      else if (isWireLine(value)) wire++;
      else if (isMessageLine(value) && 'content' in value) messages++;
      else others++;
    }
  }
  if (control > 0 && control + messages > others) {
    return { score: 0.95, reason: `${control} lines of roles such as _checkpoint and ${messages} messages` };
  }
  if (wire > 0 && wire > others) {
    return { score: wire > 1 ? 0.95 : 0.7, reason: `${wire} lines of the wire protocol` };
  }
  return { score: 0, reason: 'no checkpoints, no lines of the wire protocol' };
}
