import { describe, expect, it } from 'vitest';
import { RunBuilder } from '../../model/run-builder.ts';
import { RunTotals } from './run-totals.ts';

function read(...records: readonly Record<string, unknown>[]) {
  const run = new RunBuilder({ format: 'x', path: 'x' });
  const totals = new RunTotals();
  for (const record of records) totals.read(record, { place: { artifact: 'a' } }, run);
  return { run, total: totals.total() };
}

const result = (cost: number, input: number) => ({
  subtype: 'success',
  total_cost_usd: cost,
  modelUsage: { m: { inputTokens: input, outputTokens: 1, cacheReadInputTokens: 2 } },
});

describe('RunTotals', () => {
  it('takes the last of counts that go up, and adds what another process counted', () => {
    expect(read(result(1, 10), result(2, 20)).total).toMatchObject({ inputTokens: 22, costUsd: 2 });
    expect(read(result(2, 20), result(0.5, 5)).total).toMatchObject({ inputTokens: 29, costUsd: 2.5 });
  });

  it('adds up the models, and takes zeros for nothing', () => {
    const two = { subtype: 'success', modelUsage: { a: { inputTokens: 1 }, b: { outputTokens: 2 } } };
    expect(read(two).total).toEqual({ inputTokens: 1, outputTokens: 2 });
    expect(
      read(result(0, 0), { modelUsage: { m: { inputTokens: 0, outputTokens: 0 } } }).total,
    ).toMatchObject({
      outputTokens: 1,
    });
    expect(
      read({ modelUsage: { m: { inputTokens: 0, outputTokens: 0 } }, total_cost_usd: 0 }).total,
    ).toBeUndefined();
  });

  it('names what ended the run, and leaves the outcome open', () => {
    const error = { subtype: 'success', is_error: true, result: 'API Error: 500' };
    expect(read(error).run.exceptions).toMatchObject([{ kind: 'api', message: 'API Error: 500' }]);
    expect(read({ subtype: 'error_during_execution', is_error: true }).run.exceptions).toMatchObject([
      { kind: 'crash', message: 'error_during_execution' },
    ]);
    expect(read(result(1, 1)).run.outcomeSignals).toMatchObject([{ says: 'unknown', authority: 'agent' }]);
  });
});
