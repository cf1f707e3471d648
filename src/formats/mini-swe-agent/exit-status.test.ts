import { expect, it } from 'vitest';
import { kindOfExit } from './exit-status.ts';

it.each([
  ['Submitted', '', undefined],
  ['LimitsExceeded', '', 'limit'],
  ['ContextWindowExceededError', 'litellm.ContextWindowExceededError: too long', 'limit'],
  ['RateLimitError', 'litellm.RateLimitError: slow down', 'api'],
  ['InternalServerError', 'litellm.InternalServerError: down', 'api'],
  ['Timeout', 'litellm.Timeout: Connection timed out', 'api'],
  ['TimeExceeded', '', 'timeout'],
  ['TimeoutExpired', 'docker run took too long', 'timeout'],
  ['CalledProcessError', 'docker run failed', 'harness'],
  ['ValueError', 'x', 'crash'],
])('%s (%s) is %s', (status, detail, kind) => {
  expect(kindOfExit(status, detail)).toBe(kind);
});
