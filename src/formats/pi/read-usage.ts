import { asNumber, at } from '../../base/json.ts';
import type { Usage } from '../../model/usage.ts';

/** Usage of an answer: `input` is without what came from the cache or went there. All zeros is a call that failed. */
export function readPiUsage(raw: unknown): Usage | undefined {
  const fresh = asNumber(at(raw, 'input'));
  const cached = asNumber(at(raw, 'cacheRead'));
  const written = asNumber(at(raw, 'cacheWrite'));
  const output = asNumber(at(raw, 'output'));
  const cost = asNumber(at(raw, 'cost', 'total'));
  if (![fresh, cached, written, output, cost].some((value) => value !== undefined && value !== 0)) {
    return undefined;
  }
  return {
    ...(fresh !== undefined && { inputTokens: fresh + (cached ?? 0) + (written ?? 0) }),
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(written !== undefined && { cacheWriteTokens: written }),
    ...(output !== undefined && { outputTokens: output }),
    ...(cost !== undefined && { costUsd: cost }),
  };
}
