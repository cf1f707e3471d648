import { asNumber, at } from '../../base/json.ts';
import type { Usage } from '../../model/usage.ts';

/**
 * Usage of an answer in Gemini's words. Whether thoughts are counted among the candidates depends on the service; the
 * total knows.
 */
export function readUsageMetadata(raw: unknown): Usage | undefined {
  const input = asNumber(at(raw, 'promptTokenCount'));
  const candidates = asNumber(at(raw, 'candidatesTokenCount'));
  const total = asNumber(at(raw, 'totalTokenCount'));
  const cached = asNumber(at(raw, 'cachedContentTokenCount'));
  const reasoning = asNumber(at(raw, 'thoughtsTokenCount'));
  const sum = total !== undefined && input !== undefined && total > input ? total - input : undefined;
  const output = sum ?? candidates;
  const usage: Usage = {
    ...(input !== undefined && { inputTokens: input }),
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(output !== undefined && { outputTokens: output }),
    ...(reasoning !== undefined && { reasoningTokens: reasoning }),
  };
  // All zeros is what stands there when the service reported nothing.
  return Object.values(usage).some((value) => value !== 0) ? usage : undefined;
}
