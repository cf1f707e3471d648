import { asNumber, asObject } from '../../base/json.ts';
import type { Usage } from '../../model/usage.ts';

/** Counts of one answer: thoughts are counted apart from the output, tool prompts apart from the input. */
export function readTokens(raw: unknown): Usage | undefined {
  const fields = asObject(raw);
  const input = asNumber(fields?.input_tokens) ?? asNumber(fields?.input);
  const output = asNumber(fields?.output_tokens) ?? asNumber(fields?.output);
  if (!fields || (input === undefined && output === undefined)) return undefined;
  const thoughts = asNumber(fields.thoughts);
  const cached = asNumber(fields.cached);
  return {
    ...(input !== undefined && { inputTokens: input + (asNumber(fields.tool) ?? 0) }),
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(output !== undefined && { outputTokens: output + (thoughts ?? 0) }),
    ...(thoughts !== undefined && { reasoningTokens: thoughts }),
  };
}
