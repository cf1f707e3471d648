import type { JsonObject } from '../base/json.ts';
import { NOTE_ATTRIBUTE } from '../model/exchange-note.ts';
import type { Run } from '../model/run.ts';
import type { StepStatus } from '../model/step.ts';
import { contentName } from './describe-run.ts';
import type { Exported } from './exported.ts';
import { findLosses } from './find-losses.ts';
import { nameGenAi } from './name-genai.ts';
import { nameOpenInference } from './name-openinference.ts';
import { type NamedSpan, type PlannedSpan, planSpans } from './span-plan.ts';

/** A run as one trace of OTLP JSON with GenAI semantic conventions. */
export function exportOtlp(run: Run): Exported {
  return { target: 'otlp', parts: renderTrace(run, nameGenAi), losses: findLosses(run, 'otlp') };
}

/** A run as one trace of OTLP JSON with OpenInference's attributes. */
export function exportOpenInference(run: Run): Exported {
  return {
    target: 'openinference',
    parts: renderTrace(run, nameOpenInference),
    losses: findLosses(run, 'openinference'),
  };
}

/** So many spans stand in one element of `resourceSpans`: readers of large documents hold one element at a time. */
const SPANS_IN_ELEMENT = 500;

function* renderTrace(run: Run, name: (span: PlannedSpan) => NamedSpan): Generator<string> {
  const traceId = contentName(run);
  const resource = { attributes: listAttributes({ 'service.name': run.agent?.name ?? 'agent' }) };
  const head = `{"resource":${JSON.stringify(resource)},\n"scopeSpans":[{"scope":{"name":"codetracer"},"spans":[\n`;
  yield '{"resourceSpans":[';
  let count = 0;
  for (const span of renderSpans(run, traceId, name)) {
    const isFirst = count % SPANS_IN_ELEMENT === 0;
    if (isFirst) yield count === 0 ? head : `]}]},\n${head}`;
    yield `${isFirst ? '' : ',\n'}${JSON.stringify(span)}`;
    count++;
  }
  yield ']}]}]}\n';
}

function* renderSpans(
  run: Run,
  traceId: string,
  nameSpan: (span: PlannedSpan) => NamedSpan,
): Generator<JsonObject> {
  let order = 0;
  for (const span of planSpans(run, traceId)) {
    const { name, attributes } = nameSpan(span);
    order = Math.min(order + 1, LAST_IN_MILLISECOND);
    const isPoint = Math.round(span.endedAt) <= Math.round(span.startedAt);
    yield {
      traceId,
      spanId: span.id,
      ...(span.parent !== undefined && { parentSpanId: span.parent }),
      name,
      // 3 is a client's span, 1 an internal one.
      kind: span.kind === 'model' ? 3 : 1,
      startTimeUnixNano: toNanos(span.startedAt, order),
      // An agent's span covers what it did in the same millisecond.
      endTimeUnixNano: toNanos(
        span.endedAt,
        span.kind === 'agent' ? LAST_IN_MILLISECOND : isPoint ? order : 0,
      ),
      attributes: listAttributes({ ...attributes, [NOTE_ATTRIBUTE]: JSON.stringify(span.note) }),
      status: span.kind === 'tool' ? statusOf(span.status) : {},
    };
  }
}

function statusOf(status: StepStatus): JsonObject {
  if (status === 'ok') return { code: 1 };
  return status === 'pending' || status === 'unknown' ? {} : { code: 2, message: status };
}

/** Nanoseconds of a millisecond. */
const LAST_IN_MILLISECOND = 999_999;

/**
 * Nanoseconds as text: they do not fit a number. Our times are milliseconds, and viewers sort by time alone: below the
 * millisecond stands the place in the order, so that spans of one time stay as they were, those without any time too.
 */
function toNanos(millis: number, order: number): string {
  const whole = Math.max(0, Math.round(millis));
  const nanos = `${Number.isSafeInteger(whole) ? whole : 0}${String(order).padStart(6, '0')}`;
  return nanos.replace(/^0+(?=\d)/, '');
}

/** Attributes as OTLP JSON writes them. */
function listAttributes(attributes: Readonly<Record<string, unknown>>): JsonObject[] {
  return Object.entries(attributes).flatMap(([key, value]) => {
    const encoded = encode(value);
    return encoded ? [{ key, value: encoded }] : [];
  });
}

function encode(value: unknown): JsonObject | undefined {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value !== 'number') return undefined;
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
