import { expect, it } from 'vitest';
import { readModelUsage } from './read-usage.ts';

it('adds cached tokens where the total says that they come on top', () => {
  const raw = {
    input_tokens: 10,
    output_tokens: 5,
    total_tokens: 45,
    input_tokens_cache_read: 20,
    input_tokens_cache_write: 10,
  };
  expect(readModelUsage(raw)).toEqual({
    inputTokens: 40,
    cachedInputTokens: 20,
    cacheWriteTokens: 10,
    outputTokens: 5,
  });
});

it('does not where they are part of the input, or where the total is not recorded', () => {
  const raw = { input_tokens: 30, output_tokens: 5, total_tokens: 35, input_tokens_cache_read: 20 };
  expect(readModelUsage(raw)?.inputTokens).toBe(30);
  expect(readModelUsage({ input_tokens: 30, input_tokens_cache_read: 20 })?.inputTokens).toBe(30);
});

it('knows nothing of what was not recorded', () => {
  expect(readModelUsage({})).toBeUndefined();
  expect(readModelUsage({ output_tokens: 5, total_cost: 0.2 })).toEqual({ outputTokens: 5, costUsd: 0.2 });
});
