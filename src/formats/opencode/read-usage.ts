import { asNumber, at } from '../../base/json.ts';
import type { Usage } from '../../model/usage.ts';

/**
 * Tokens and cost of an answer (`tokens`, `cost` of a message or of the part that ends a step). `input` is without the
 * cache; whether `output` holds the reasoning depends on the version, the total knows.
 */
export function readTokens(holder: unknown): Usage | undefined {
  const fresh = asNumber(at(holder, 'tokens', 'input'));
  const output = asNumber(at(holder, 'tokens', 'output'));
  const total = asNumber(at(holder, 'tokens', 'total'));
  const reasoning = asNumber(at(holder, 'tokens', 'reasoning'));
  const cached = asNumber(at(holder, 'tokens', 'cache', 'read'));
  const written = asNumber(at(holder, 'tokens', 'cache', 'write'));
  const cost = asNumber(at(holder, 'cost')) ?? asNumber(at(holder, 'cost', 'usd'));
  const input = fresh === undefined ? undefined : fresh + (cached ?? 0) + (written ?? 0);
  const rest = total !== undefined && input !== undefined && total > input ? total - input : undefined;
  const all = rest ?? output;
  const usage: Usage = {
    ...(input !== undefined && { inputTokens: input }),
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(written !== undefined && { cacheWriteTokens: written }),
    ...(all !== undefined && { outputTokens: all }),
    ...(reasoning !== undefined && { reasoningTokens: reasoning }),
    ...(cost !== undefined && { costUsd: cost }),
  };
  // All zeros stand there until the service has answered.
  return Object.values(usage).some((value) => value !== 0) ? usage : undefined;
}
