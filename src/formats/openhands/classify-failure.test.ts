import { expect, it } from 'vitest';
import { classifyFailure } from './classify-failure.ts';

it.each([
  ['RuntimeError: Agent reached maximum iteration in headless mode. Current iteration: 50', 'limit'],
  ['Agent reached maximum budget for task', 'limit'],
  ['litellm.ContextWindowExceededError: too long', 'limit'],
  ['litellm.RateLimitError: slow down', 'api'],
  ['litellm.APIConnectionError: timed out', 'api'],
  ['Action timed out after 120 seconds', 'timeout'],
  ['AgentRuntimeDisconnectedError: lost the container', 'crash'],
  ['AgentStuckInLoopError: Agent got stuck in a loop', 'harness'],
  ['RuntimeError: dictionary changed size during iteration', 'harness'],
])('%s is %s', (text, kind) => {
  expect(classifyFailure(text)).toBe(kind);
});
