import { asNumber, at, isObject } from '../../base/json.ts';
import { addUsage, type Usage } from '../../model/usage.ts';

/** OpenHands writes 0 for what it did not measure (an unknown price, no cache). */
function positive(value: unknown): number | undefined {
  const number = asNumber(value);
  return number !== undefined && number > 0 ? number : undefined;
}

function compact(usage: Usage): Usage | undefined {
  const known = Object.entries(usage).filter(([, value]) => value !== undefined);
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}

/** One record of token counts: `{prompt_tokens, completion_tokens, cache_read_tokens, ...}`. */
export function readTokenCounts(raw: unknown): Usage | undefined {
  if (!isObject(raw)) return undefined;
  return compact({
    inputTokens: positive(raw.prompt_tokens),
    outputTokens: positive(raw.completion_tokens),
    cachedInputTokens: positive(raw.cache_read_tokens),
    cacheWriteTokens: positive(raw.cache_write_tokens),
    reasoningTokens: positive(raw.reasoning_tokens),
  });
}

/** Totals so far: `{accumulated_cost, accumulated_token_usage}`. They are cumulative; never sum them over events. */
export function readMetrics(raw: unknown): Usage | undefined {
  if (!isObject(raw)) return undefined;
  return compact({
    ...readTokenCounts(raw.accumulated_token_usage),
    costUsd: positive(raw.accumulated_cost),
  });
}

/** What a cumulative counter grew by between two readings; undefined where it did not. */
export function metricsGrowth(before: Usage | undefined, after: Usage | undefined): Usage | undefined {
  if (!after) return undefined;
  const growth: { -readonly [K in keyof Usage]: Usage[K] } = {};
  for (const key of Object.keys(after) as (keyof Usage)[]) {
    const grown = (after[key] ?? 0) - (before?.[key] ?? 0);
    if (grown > 0) growth[key] = grown;
  }
  return compact(growth);
}

/** The sum over the services of `stats.usage_to_metrics` (the agent's model, the condenser's ...). */
export function readServiceMetrics(stats: unknown): Usage | undefined {
  const services = at(stats, 'usage_to_metrics');
  if (!isObject(services)) return undefined;
  return Object.values(services).map(readMetrics).reduce(addUsage, undefined);
}
