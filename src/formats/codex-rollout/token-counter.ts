import { asNumber, asObject } from '../../base/json.ts';
import { addUsage, type Usage } from '../../model/usage.ts';

/** Token counts as Codex writes them: `input_tokens` hold the cached ones, `output_tokens` the reasoning. */
export function readTokens(raw: unknown): Usage | undefined {
  const fields = asObject(raw);
  if (!fields) return undefined;
  const usage = {
    inputTokens: asNumber(fields.input_tokens) ?? asNumber(fields.prompt),
    cachedInputTokens: asNumber(fields.cached_input_tokens),
    cacheWriteTokens: asNumber(fields.cache_write_input_tokens),
    outputTokens: asNumber(fields.output_tokens) ?? asNumber(fields.completion),
    reasoningTokens: asNumber(fields.reasoning_output_tokens),
  };
  const known = Object.entries(usage).filter(([, value]) => value !== undefined);
  // All zeros is what stands there before the service has answered.
  return known.some(([, value]) => value !== 0) ? Object.fromEntries(known) : undefined;
}

/**
 * Adds up `token_count` events. Each holds the usage of the last answer and the total so far, and is written again
 * whenever the rate limits change: only an event with another total is news. Totals that go down began anew.
 */
export class TokenCounter {
  /** Finished counts, of sessions before the last time that the total began anew. */
  private before: Usage | undefined;
  private current: Usage | undefined;
  private sum: Usage | undefined;

  /** What the last answer used, when the event is news. */
  note(info: unknown): Usage | undefined {
    const fields = asObject(info);
    if (!fields) return undefined;
    const total = readTokens(fields.total_token_usage);
    const last = readTokens(fields.last_token_usage) ?? (total ? undefined : readTokens(fields));
    if (!total) {
      this.sum = addUsage(this.sum, last);
      return last;
    }
    if (!this.noteTotal(total)) return undefined;
    this.sum = addUsage(this.sum, last);
    return last;
  }

  /** A total so far; whether it is another than the one before. */
  noteTotal(total: Usage): boolean {
    const { current } = this;
    if (current && sameUsage(current, total)) return false;
    if (current && isLess(total, current)) this.before = addUsage(this.before, current);
    this.current = total;
    return true;
  }

  /** The total as recorded, else the sum over the answers. */
  total(): Usage | undefined {
    return addUsage(this.before, this.current) ?? this.sum;
  }

  /** What the answers used that were read: without what a copied history used before them. */
  ofAnswers(): Usage | undefined {
    return this.sum;
  }
}

function sameUsage(a: Usage, b: Usage): boolean {
  return a.inputTokens === b.inputTokens && a.outputTokens === b.outputTokens;
}

function isLess(next: Usage, before: Usage): boolean {
  return (
    (next.inputTokens ?? 0) < (before.inputTokens ?? 0) ||
    (next.outputTokens ?? 0) < (before.outputTokens ?? 0)
  );
}
