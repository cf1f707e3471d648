import type { Detection, Probe } from '../format.ts';
import { markSpans, NO_SPANS } from '../otlp/detect-spans.ts';

/** Spans that name a kind of OpenInference. */
export function detectOpenInference(probe: Probe): Detection {
  const { spans, openInference } = markSpans(probe);
  if (!spans) return NO_SPANS;
  if (openInference === 0) return { score: 0.05, reason: 'spans without a kind of OpenInference' };
  return { score: 0.95, reason: 'spans with openinference.span.kind' };
}
