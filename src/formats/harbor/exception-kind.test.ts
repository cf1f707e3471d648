import { describe, expect, it } from 'vitest';
import { exceptionKind } from './exception-kind.ts';

describe('exceptionKind', () => {
  it.each([
    ['AgentTimeoutError', 'timeout'],
    ['VerifierTimeoutError', 'harness'],
    ['AgentSetupTimeoutError', 'harness'],
    ['EnvironmentStartTimeoutError', 'harness'],
    ['RewardFileNotFoundError', 'harness'],
    ['CancelledError', 'harness'],
    ['ContextLengthExceededError', 'limit'],
    ['TrialBudgetExhaustedError', 'limit'],
    ['RateLimitError', 'api'],
    ['AuthenticationError', 'api'],
    ['NonZeroAgentExitCodeError', 'crash'],
    ['ValueError', 'crash'],
  ])('%s is %s', (type, kind) => {
    expect(exceptionKind(type)).toBe(kind);
  });
});
