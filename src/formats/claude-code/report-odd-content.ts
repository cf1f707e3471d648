import { asString, isObject, type JsonObject } from '../../base/json.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import { isCallBlock, isResultBlock, type Origin } from './record.ts';

/** Kinds of blocks beside calls and results. */
const KNOWN = ['text', 'thinking', 'redacted_thinking', 'image', 'document', 'fallback', 'search_result'];

/**
 * Says where a message is not as any version writes it, so that something of it may not have been read. `also` are
 * further kinds of blocks that the caller knows.
 */
export function reportOddContent(
  message: JsonObject,
  log: DiagnosticLog,
  origin: Origin,
  also: readonly string[] = [],
): void {
  const { content } = message;
  if (typeof content === 'string') return;
  if (!Array.isArray(content)) {
    if (content === null && message.role === 'user') return;
    log.fold('unexpected-shape', 'warning', 'a message has no text and no list of blocks', origin.place);
    return;
  }
  for (const block of content) {
    if (typeof block === 'string') continue;
    const type = isObject(block) ? asString(block.type) : undefined;
    if (type === undefined) {
      log.fold('unexpected-shape', 'warning', 'a block of a message names no kind', origin.place);
    } else if (
      isObject(block) &&
      !isCallBlock(block) &&
      !isResultBlock(block) &&
      !KNOWN.includes(type) &&
      !also.includes(type)
    ) {
      log.fold(
        'unknown-record',
        'info',
        `a block of a kind that is not known: ${type.slice(0, 40)}`,
        origin.place,
      );
    }
  }
}
