import { asNumber, isObject } from '../../base/json.ts';
import type { Usage } from '../../model/usage.ts';

/**
 * Usage of one model call. Providers differ in whether `input_tokens` holds the cached ones; the recorded total tells:
 * where it is the sum of all four, they come on top.
 */
export function readModelUsage(raw: unknown): Usage | undefined {
  if (!isObject(raw)) return undefined;
  const input = asNumber(raw.input_tokens);
  const output = asNumber(raw.output_tokens);
  const total = asNumber(raw.total_tokens);
  const cached = asNumber(raw.input_tokens_cache_read);
  const written = asNumber(raw.input_tokens_cache_write);
  const beside = (cached ?? 0) + (written ?? 0);
  const isApart = beside > 0 && total === (input ?? 0) + (output ?? 0) + beside;
  const usage = {
    inputTokens: input === undefined ? undefined : input + (isApart ? beside : 0),
    cachedInputTokens: cached,
    cacheWriteTokens: written,
    outputTokens: output,
    reasoningTokens: asNumber(raw.reasoning_tokens),
    costUsd: asNumber(raw.total_cost),
  };
  const known = Object.entries(usage).filter(([, value]) => value !== undefined);
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}
