import { asNumber, asObject, at, type JsonObject } from '../../base/json.ts';
import { addUsage, type Usage } from '../../model/usage.ts';

/** The totals of a session from the event of its end: counts per model, else by the kind of token. */
export function readTotals(data: JsonObject): Usage | undefined {
  let total: Usage | undefined;
  for (const metric of Object.values(asObject(data.modelMetrics) ?? {})) {
    total = addUsage(total, readMetric(at(metric, 'usage')));
  }
  return total ?? readDetails(data.tokenDetails);
}

/** Of sessions without counts per model: counts by the kind of token, cached ones apart. */
function readDetails(details: unknown): Usage | undefined {
  const count = (kind: string): number | undefined => asNumber(at(details, kind, 'tokenCount'));
  const input = count('input');
  const output = count('output');
  if (input === undefined && output === undefined) return undefined;
  const cached = count('cache_read');
  const written = count('cache_write');
  return {
    ...(input !== undefined && { inputTokens: input + (cached ?? 0) + (written ?? 0) }),
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(written !== undefined && { cacheWriteTokens: written }),
    ...(output !== undefined && { outputTokens: output }),
  };
}

function readMetric(usage: unknown): Usage | undefined {
  const fields = {
    inputTokens: asNumber(at(usage, 'inputTokens')),
    cachedInputTokens: asNumber(at(usage, 'cacheReadTokens')),
    cacheWriteTokens: asNumber(at(usage, 'cacheWriteTokens')),
    outputTokens: asNumber(at(usage, 'outputTokens')),
    reasoningTokens: asNumber(at(usage, 'reasoningTokens')),
  };
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}
