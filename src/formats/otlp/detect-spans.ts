import type { Detection, Probe } from '../format.ts';

/** Marks of spans, whichever exporter wrote them: an id of a trace and of a span under their known names. */
const TRACE = /"(?:traceId|trace_id)"\s*:/;
const SPAN = /"(?:spanId|span_id)"\s*:/;
/** How OTLP writes the name of an attribute, and how a plain object does. */
const GENAI_KEY = /"(?:key"\s*:\s*")?(?:gen_ai\.[a-z_.]{2,40}|traceloop\.span\.kind)"/g;
const OPENINFERENCE_KEY =
  /"(?:key"\s*:\s*")?openinference\.span\.kind"|"openinference"\s*:\s*\{\s*"span"\s*:|"span_kind"\s*:\s*"(?:LLM|TOOL|AGENT|CHAIN)"/g;

export interface SpanMarks {
  readonly spans: boolean;
  readonly genAi: number;
  readonly openInference: number;
}

/** What the beginning of a file says of itself: spans at all, and names of which convention. */
export function markSpans({ head }: Probe): SpanMarks {
  const text = head.trimStart();
  const isJson = text.startsWith('{') || text.startsWith('[');
  if (!isJson || !TRACE.test(head) || !SPAN.test(head)) return { spans: false, genAi: 0, openInference: 0 };
  return {
    spans: true,
    genAi: head.match(GENAI_KEY)?.length ?? 0,
    openInference: head.match(OPENINFERENCE_KEY)?.length ?? 0,
  };
}

export const NO_SPANS: Detection = { score: 0, reason: 'no spans of a trace' };
