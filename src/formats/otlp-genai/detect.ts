import type { Detection, Probe } from '../format.ts';
import { markSpans, NO_SPANS } from '../otlp/detect-spans.ts';

/** Spans whose attributes have names of the GenAI conventions; those that OpenInference marks as its own are not ours. */
export function detectGenai(probe: Probe): Detection {
  const { spans, genAi, openInference } = markSpans(probe);
  if (!spans) return NO_SPANS;
  if (genAi === 0) return { score: 0.05, reason: 'spans without gen_ai attributes' };
  if (openInference > 0) return { score: 0.4, reason: 'gen_ai attributes beside those of OpenInference' };
  return { score: 0.95, reason: 'spans with gen_ai attributes' };
}
