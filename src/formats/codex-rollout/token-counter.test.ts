import { describe, expect, it } from 'vitest';
import { readTokens, TokenCounter } from './token-counter.ts';

const info = (last: number, total: number): object => ({
  last_token_usage: { input_tokens: last, output_tokens: 1 },
  total_token_usage: { input_tokens: total, output_tokens: total / 10 },
});

describe('TokenCounter', () => {
  it('counts an answer once, however often its event is written', () => {
    const tokens = new TokenCounter();
    expect(tokens.note(info(10, 10))?.inputTokens).toBe(10);
    expect(tokens.note(info(10, 10))).toBeUndefined();
    expect(tokens.note(null)).toBeUndefined();
    expect(tokens.note(info(20, 30))?.inputTokens).toBe(20);
    expect(tokens.total()).toEqual({ inputTokens: 30, outputTokens: 3 });
  });

  it('adds totals that began anew', () => {
    const tokens = new TokenCounter();
    tokens.note(info(100, 100));
    tokens.note(info(40, 40));
    expect(tokens.total()?.inputTokens).toBe(140);
  });

  it('leaves out what a copied history used', () => {
    const tokens = new TokenCounter();
    tokens.note(info(5, 1005));
    tokens.note(info(6, 1011));
    expect(tokens.ofAnswers()?.inputTokens).toBe(11);
  });

  it('knows nothing of counts that are not there', () => {
    expect(readTokens({ input_tokens: 0, output_tokens: 0 })).toBeUndefined();
    expect(readTokens('many')).toBeUndefined();
    expect(readTokens({ prompt: 3, completion: 4 })).toEqual({ inputTokens: 3, outputTokens: 4 });
    expect(new TokenCounter().total()).toBeUndefined();
  });
});
