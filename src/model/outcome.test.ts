import { describe, expect, it } from 'vitest';
import { decideOutcome, type OutcomeKind, type OutcomeSignal } from './outcome.ts';

function signal(authority: OutcomeSignal['authority'], says: OutcomeKind, score?: number): OutcomeSignal {
  return {
    source: authority,
    says,
    detail: says,
    place: { artifact: 'r' },
    authority,
    ...(score !== undefined && { score }),
  };
}

describe('decideOutcome', () => {
  it.each<[string, OutcomeSignal[], OutcomeKind, boolean]>([
    ['nothing', [], 'unknown', false],
    ['only the agent', [signal('agent', 'solved')], 'unknown', false],
    ['the checker', [signal('checker', 'solved', 1)], 'solved', false],
    [
      'the harness before the checker',
      [signal('harness', 'solved'), signal('checker', 'failed')],
      'failed',
      true,
    ],
    [
      'the agent against the checker',
      [signal('agent', 'solved'), signal('checker', 'failed')],
      'failed',
      false,
    ],
    [
      'a checker that does not know',
      [signal('checker', 'unknown'), signal('harness', 'failed')],
      'failed',
      false,
    ],
    ['checkers that disagree', [signal('checker', 'solved'), signal('checker', 'failed')], 'solved', true],
  ])('decides by authority: %s', (_name, signals, kind, conflicting) => {
    const outcome = decideOutcome(signals, []);
    expect([outcome.kind, outcome.conflicting]).toEqual([kind, conflicting]);
    expect(outcome.signals).toEqual(signals);
  });

  it('takes the score of the deciding signal', () => {
    expect(
      decideOutcome([signal('harness', 'failed', 0.2), signal('checker', 'failed', 0.4)], []).score,
    ).toBe(0.4);
  });
});
