import { describe, expect, it } from 'vitest';
import { isEvent } from './schema.ts';

describe('isEvent', () => {
  it.each([
    { id: 1, source: 'agent', action: 'run', args: { command: 'ls' } },
    { source: 'environment', observation: 'agent_state_changed', content: '', extras: {} },
    { action: 'run', command: 'ls', thought: 'I look.' },
    { observation: 'run', content: 'a', command: 'ls', exit_code: 0 },
  ])('%j is one', (value) => {
    expect(isEvent(value)).toBe(true);
  });

  it.each([
    { action: 'ls -la', observation: 'a\nb', thought: 'I look.', response: '' },
    { role: 'assistant', action: 'run', content: 'ls' },
    { event: 'sandbox', action: 'read', timestamp: 5 },
    { kind: 'ActionEvent', source: 'agent', action: { command: 'ls' } },
    { action: 'Fix the bug', source: 'agent' },
    { action: null, source: 'agent' },
    ['run'],
    null,
  ])('%j is none', (value) => {
    expect(isEvent(value)).toBe(false);
  });
});
