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
import { writeItems } from './write-json.ts';

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

function* renderTrace(run: Run, name: (span: PlannedSpan) => NamedSpan): Generator<string> {
  const traceId = contentName(run);
  const resource = { attributes: listAttributes({ 'service.name': run.agent?.name ?? 'agent' }) };
  yield `{"resourceSpans":[{"resource":${JSON.stringify(resource)},\n"scopeSpans":[{"scope":{"name":"codetracer"},"spans":[`;
  yield* writeItems(renderSpans(run, traceId, name));
  yield ']}]}]}\n';
}

function* renderSpans(
  run: Run,
  traceId: string,
  nameSpan: (span: PlannedSpan) => NamedSpan,
): Generator<JsonObject> {
  for (const span of planSpans(run)) {
    const { name, attributes } = nameSpan(span);
    yield {
      traceId,
      spanId: span.id,
      ...(span.parent !== undefined && { parentSpanId: span.parent }),
      name,
      // 3 is a client's span, 1 an internal one.
      kind: span.kind === 'model' ? 3 : 1,
      startTimeUnixNano: toNanos(span.startedAt),
      endTimeUnixNano: toNanos(span.endedAt),
      attributes: listAttributes({ ...attributes, [NOTE_ATTRIBUTE]: JSON.stringify(span.note) }),
      status: span.kind === 'tool' ? statusOf(span.status) : {},
    };
  }
}

function statusOf(status: StepStatus): JsonObject {
  if (status === 'ok') return { code: 1 };
  return status === 'pending' || status === 'unknown' ? {} : { code: 2, message: status };
}

/** Nanoseconds as text: they do not fit a number. */
function toNanos(millis: number): string {
  const whole = Math.max(0, Math.round(millis));
  return Number.isSafeInteger(whole) && whole > 0 ? `${whole}000000` : '0';
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
