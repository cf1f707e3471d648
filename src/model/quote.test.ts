import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runFrom } from '../../test/support/notation.ts';
import { quoteAround, quoteArtifact, quoteFinal, quoteFrom, quoteHead } from './quote.ts';
import type { Step } from './step.ts';

const place = { artifact: 'notation.txt' };

function stepShowing(observation: string): Step {
  const [step] = runFrom('1 > ls\nx').steps;
  if (!step) throw new Error('the notation gave no step');
  return { ...step, observation };
}

describe('quotes', () => {
  it('quotes only what stands in the field word for word', () => {
    const step = stepShowing('first\nsecond line\nthird');
    expect(quoteFrom(step, 'observation', '  second line ')?.quote).toBe('second line');
    expect(quoteFrom(step, 'observation', 'second  line')).toBeUndefined();
    expect(quoteFrom(step, 'thought', 'first')).toBeUndefined();
    expect(quoteFrom(step, 'observation', '  ')).toBeUndefined();
  });

  it('quotes the line around a place, at its ends too', () => {
    const step = stepShowing('first\nsecond line\nthird');
    expect(quoteAround(step, 'observation', 8)?.quote).toBe('second line');
    expect(quoteAround(step, 'observation', 0)?.quote).toBe('first');
    expect(quoteAround(step, 'observation', 20)?.quote).toBe('third');
  });

  it('passes over frames to the first telling line', () => {
    const step = stepShowing('<returncode>1</returncode>\n<output>\nTypeError: no\n</output>');
    expect(quoteHead(step, 'observation')?.quote).toBe('TypeError: no');
    expect(quoteHead(stepShowing(''), 'observation')).toBeUndefined();
  });

  it('quotes a line of the final message', () => {
    const run = runFrom('final: All is well.\n1 > ls');
    expect(quoteFinal(run, ' All is well. ')?.quote).toBe('All is well.');
    expect(quoteFinal(run, ' ')).toBeUndefined();
    expect(quoteFinal({}, 'All')).toBeUndefined();
  });

  it('never cuts a surrogate pair at its end', () => {
    expect(quoteArtifact(`${'a'.repeat(239)}😀`, place).quote).toBe('a'.repeat(239));
    expect(quoteArtifact(`${'a'.repeat(238)}😀b`, place).quote).toBe(`${'a'.repeat(238)}😀`);
  });

  it('never cuts a surrogate pair, wherever the window into a long line begins', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(1), (index, shift) => {
        const text = 'x'.repeat(shift) + '😀'.repeat(1000);
        const quote = quoteAround(stepShowing(text), 'observation', index)?.quote ?? '';
        expect(quote.length).toBeLessThanOrEqual(240);
        expect(text).toContain(quote);
        expect(quote.isWellFormed()).toBe(true);
      }),
    );
  });
});
