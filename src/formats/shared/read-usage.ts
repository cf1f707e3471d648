import { asNumber, at, isObject } from '../../base/json.ts';
import type { Usage } from '../../model/usage.ts';

/**
 * Token usage as the model providers report it. OpenAI's `prompt_tokens` hold the cached ones; Anthropic's
 * `input_tokens` do not, so cache reads and writes are added to make `inputTokens` mean the same everywhere.
 */
export function readUsage(raw: unknown): Usage | undefined {
  if (!isObject(raw)) return undefined;
  const usage = raw.prompt_tokens !== undefined ? readOpenAi(raw) : readAnthropic(raw);
  return Object.keys(usage).length > 0 ? usage : undefined;
}

function readOpenAi(raw: Record<string, unknown>): Usage {
  return definedOnly({
    inputTokens: asNumber(raw.prompt_tokens),
    outputTokens: asNumber(raw.completion_tokens),
    cachedInputTokens:
      asNumber(at(raw, 'prompt_tokens_details', 'cached_tokens')) ??
      asNumber(raw.cached_tokens) ??
      asNumber(raw.cache_read_input_tokens),
    cacheWriteTokens: asNumber(raw.cache_creation_input_tokens),
    reasoningTokens: asNumber(at(raw, 'completion_tokens_details', 'reasoning_tokens')),
    costUsd: asNumber(raw.cost) ?? asNumber(raw.cost_usd),
  });
}

function readAnthropic(raw: Record<string, unknown>): Usage {
  const fresh = asNumber(raw.input_tokens);
  const cached = asNumber(raw.cache_read_input_tokens);
  const written = asNumber(raw.cache_creation_input_tokens);
  return definedOnly({
    inputTokens: fresh === undefined ? undefined : fresh + (cached ?? 0) + (written ?? 0),
    cachedInputTokens: cached,
    cacheWriteTokens: written,
    outputTokens: asNumber(raw.output_tokens),
    costUsd: asNumber(raw.cost_usd),
  });
}

function definedOnly(usage: Usage): Usage {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== undefined));
}
