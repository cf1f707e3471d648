import { describe, expect, it } from 'vitest';
import { metricsGrowth, readMetrics, readServiceMetrics } from './read-metrics.ts';

const metrics = (input: number, cost: number): object => ({
  accumulated_cost: cost,
  accumulated_token_usage: { prompt_tokens: input, completion_tokens: 0, cache_read_tokens: 0 },
});

describe('readMetrics', () => {
  it('takes the zeros that stand for "not measured" as absent', () => {
    expect(readMetrics(metrics(10, 0))).toEqual({ inputTokens: 10 });
    expect(readMetrics(metrics(0, 0))).toBeUndefined();
    expect(readMetrics('x')).toBeUndefined();
  });
});

describe('metricsGrowth', () => {
  it('is the difference of two readings, field by field', () => {
    const [before, after] = [readMetrics(metrics(10, 1)), readMetrics(metrics(25, 1))];
    expect(metricsGrowth(before, after)).toEqual({ inputTokens: 15 });
    expect(metricsGrowth(undefined, after)).toEqual({ inputTokens: 25, costUsd: 1 });
    expect(metricsGrowth(after, after)).toBeUndefined();
    expect(metricsGrowth(before, undefined)).toBeUndefined();
  });
});

describe('readServiceMetrics', () => {
  it('adds the services up', () => {
    const stats = { usage_to_metrics: { agent: metrics(10, 1), condenser: metrics(5, 0) } };
    expect(readServiceMetrics(stats)).toEqual({ inputTokens: 15, costUsd: 1 });
    expect(readServiceMetrics({ usage_to_metrics: {} })).toBeUndefined();
  });
});
