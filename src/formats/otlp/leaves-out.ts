import type { LeftOut } from '../format.ts';

/** What spans hold beside the run: identifiers, times, sizes, settings. Records are export requests or single spans. */
const IN_SPAN: readonly (readonly [string, string])[] = [
  ['traceId', 'joins spans'],
  ['spanId', 'joins spans'],
  ['parentSpanId', 'joins spans'],
  ['trace_id', 'joins spans'],
  ['span_id', 'joins spans'],
  ['parent_id', 'joins spans'],
  ['context.**', 'joins spans'],
  ['traceState', 'transport of the trace'],
  ['flags', 'transport of the trace'],
  ['links.**', 'other traces'],
  ['kind', 'role of the span in a network call'],
  ['span_kind', 'read as kind'],
  ['name', 'says again what the attributes say'],
  ['startTimeUnixNano', 'read as time'],
  ['endTimeUnixNano', 'read as time'],
  ['start_time', 'read as time'],
  ['end_time', 'read as time'],
  ['status.code', 'read as status'],
  ['status_code', 'read as status'],
  ['events.*.timeUnixNano', 'time of an event'],
  ['resource.**', 'the program that was traced'],
  ['scope.**', 'the instrumentation'],
  ['schemaUrl', 'version of the conventions'],
];

/** Where spans stand: alone, or in an export request. */
const HOLDERS = [
  '',
  'scopeSpans.*.spans.*.',
  'resourceSpans.*.scopeSpans.*.spans.*.',
  'resourceSpans.*.',
  'resourceSpans.*.scopeSpans.*.',
  'scopeSpans.*.',
];

export const SPANS_LEAVE_OUT: readonly LeftOut[] = HOLDERS.flatMap((holder) =>
  IN_SPAN.map(([path, why]) => ({ path: `${holder}${path}`, why })),
);
