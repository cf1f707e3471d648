import type { JsonObject } from '../../base/json.ts';
import type { Millis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';

/** An event of a span, or a log record that names one. */
export interface SpanEvent {
  readonly name: string;
  readonly attributes: JsonObject;
  /** The body of a log record; spans' events have none. */
  readonly body?: unknown;
  readonly place: SourceRef;
}

/** One span, whichever exporter wrote it: attributes are plain values under flat names. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  /** Undefined for a root. */
  readonly parentId?: string;
  readonly name: string;
  readonly startedAt?: Millis;
  readonly endedAt?: Millis;
  /** Nanoseconds since the epoch, as exact as a number holds them: for order only. */
  readonly order?: number;
  readonly attributes: JsonObject;
  readonly events: SpanEvent[];
  readonly status: 'ok' | 'error' | 'unset';
  readonly statusMessage?: string;
  readonly place: SourceRef;
  /** The attributes as written, for places inside them. */
  readonly rawAttributes: unknown;
}

/** A log record that belongs to a span. */
export interface SpanLog {
  readonly traceId: string;
  readonly spanId: string;
  readonly event: SpanEvent;
}

/** Where an attribute of a span stands. */
export function placeOfAttribute(span: Span, key: string): SourceRef {
  const { place, rawAttributes } = span;
  const base = `${place.pointer ?? ''}/attributes`;
  if (Array.isArray(rawAttributes)) {
    const index = rawAttributes.findIndex((item: unknown) => isNamed(item, key));
    return index < 0 ? place : { ...place, pointer: `${base}/${index}/value` };
  }
  const isThere =
    typeof rawAttributes === 'object' && rawAttributes !== null && Object.hasOwn(rawAttributes, key);
  return isThere
    ? { ...place, pointer: `${base}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` }
    : place;
}

function isNamed(item: unknown, key: string): boolean {
  return typeof item === 'object' && item !== null && Reflect.get(item, 'key') === key;
}
