import type { SourceRef } from '../../model/source-ref.ts';

/** A place as people read it: `run.jsonl:12 /message/content/0`, `agent.cast events 10-14`. */
export function describePlace({ artifact, pointer, line, castEvents, bytes }: SourceRef): string {
  const parts = [line === undefined ? artifact : `${artifact}:${line}`];
  if (castEvents) parts.push(`events ${castEvents[0]}-${castEvents[1]}`);
  if (pointer !== undefined && pointer !== '') parts.push(pointer);
  if (bytes && pointer === undefined && line === undefined) parts.push(`bytes ${bytes[0]}-${bytes[1]}`);
  return parts.join(' ');
}
