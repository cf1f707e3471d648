import { expect, it } from 'vitest';
import { kindOfExit } from './exit-status.ts';

it.each([
  ['submitted', undefined],
  ['submitted (exit_cost)', 'limit'],
  ['exit_context', 'limit'],
  ['exit_command_timeout', 'timeout'],
  ['exit_api', 'api'],
  ['early_exit', 'harness'],
  ['exit_error', 'crash'],
])('%s is %s', (status, kind) => {
  expect(kindOfExit(status)).toBe(kind);
});
