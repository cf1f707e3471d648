import { asArray, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { decodeAttributes, decodeValue } from './any-value.ts';
import type { Span, SpanEvent, SpanLog } from './span.ts';

/** Whether a record is a span: of OTLP, of an SDK's own exporter, or of Phoenix. */
export function isSpan(value: unknown): value is JsonObject {
  if (!isObject(value) || typeof value.name !== 'string') return false;
  if (typeof (value.spanId ?? value.span_id) === 'string') return true;
  return (
    typeof at(value, 'context', 'span_id') === 'string' || typeof at(value, 'context', 'spanId') === 'string'
  );
}

/** A span from its record; `isSpan` holds. */
export function readSpan(raw: JsonObject, place: SourceRef): Span {
  const context = isObject(raw.context) ? raw.context : raw;
  const spanId = cleanId(context.spanId ?? context.span_id) ?? '';
  const parent = cleanId(raw.parentSpanId ?? raw.parent_span_id ?? raw.parentId ?? raw.parent_id);
  const start = readTime(
    raw.startTimeUnixNano ?? raw.start_time_unix_nano ?? raw.start_time ?? raw.startTime,
  );
  const end = readTime(raw.endTimeUnixNano ?? raw.end_time_unix_nano ?? raw.end_time ?? raw.endTime);
  const message = asString(at(raw.status, 'message') ?? at(raw.status, 'description') ?? raw.status_message);
  const attributes = decodeAttributes(raw.attributes);
  const kind = asString(raw.span_kind);
  return {
    traceId: cleanId(context.traceId ?? context.trace_id) ?? '',
    spanId,
    ...(parent !== undefined && parent !== spanId && { parentId: parent }),
    name: asString(raw.name) ?? '',
    ...(start && { startedAt: start.millis, order: start.nanos }),
    ...(end && { endedAt: end.millis }),
    // Phoenix keeps the kind beside the attributes, not among them.
    attributes:
      kind !== undefined && !Object.hasOwn(attributes, 'openinference.span.kind')
        ? { ...attributes, 'openinference.span.kind': kind }
        : attributes,
    events: (asArray(raw.events) ?? []).flatMap((event, index) => readEvent(event, index, place)),
    status: readStatus(at(raw.status, 'code') ?? at(raw.status, 'status_code') ?? raw.status_code),
    ...(message !== undefined && message !== '' && { statusMessage: message }),
    place,
    rawAttributes: raw.attributes,
  };
}

function readEvent(raw: unknown, index: number, place: SourceRef): SpanEvent[] {
  if (!isObject(raw)) return [];
  const at = { ...place, pointer: `${place.pointer ?? ''}/events/${index}` };
  return [{ name: asString(raw.name) ?? '', attributes: decodeAttributes(raw.attributes), place: at }];
}

/** A log record of OTLP that stands for an event of a span; undefined for any other log record. */
export function readSpanLog(raw: unknown, place: SourceRef): SpanLog | undefined {
  if (!isObject(raw)) return undefined;
  const attributes = decodeAttributes(raw.attributes);
  const name = asString(raw.eventName ?? raw.event_name) || asString(attributes['event.name']);
  const traceId = cleanId(raw.traceId ?? raw.trace_id);
  const spanId = cleanId(raw.spanId ?? raw.span_id);
  if (name === undefined || traceId === undefined || spanId === undefined) return undefined;
  return { traceId, spanId, event: { name, attributes, body: decodeValue(raw.body), place } };
}

function readStatus(code: unknown): Span['status'] {
  const text = (asString(code) ?? '').toUpperCase();
  if (code === 2 || text.endsWith('ERROR')) return 'error';
  return code === 1 || (text.endsWith('OK') && text !== '') ? 'ok' : 'unset';
}

/** Hexadecimal with or without `0x`, in any case; an id of zeros is none. */
function cleanId(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const id = (value.startsWith('0x') ? value.slice(2) : value).trim();
  return id === '' || /^0+$/.test(id) ? undefined : id;
}

/** Nanoseconds since the epoch (as text or number), or a time as text. 0 was not recorded. */
function readTime(value: unknown): { millis: Millis; nanos: number } | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{10,}$/.test(value))) {
    const number = Number(value);
    if (!Number.isFinite(number) || number <= 0) return undefined;
    // Nanoseconds have 19 digits in our days, microseconds 16, milliseconds 13.
    const nanos = number > 1e17 ? number : number > 1e14 ? number * 1e3 : number * 1e6;
    return { millis: Math.round(nanos / 1e6) as Millis, nanos };
  }
  const millis = toMillis(value);
  return millis === undefined ? undefined : { millis, nanos: millis * 1e6 };
}
