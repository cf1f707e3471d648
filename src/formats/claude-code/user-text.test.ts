import { describe, expect, it } from 'vitest';
import { kindOfUserText } from './user-text.ts';

describe('kindOfUserText', () => {
  it('tells what the user asked from what the CLI writes in the user’s name', () => {
    expect(kindOfUserText('Fix the test.', false)).toBe('prompt');
    expect(
      kindOfUserText('<command-message>plan</command-message>\n<command-name>/plan</command-name>', false),
    ).toBe('prompt');
    expect(kindOfUserText('<command-name>/model</command-name>', false)).toBe('notice');
    expect(kindOfUserText('<local-command-stdout>ok</local-command-stdout>', false)).toBe('notice');
    expect(kindOfUserText('Base directory for this skill: /x', true)).toBe('notice');
    expect(kindOfUserText('[Request interrupted by user for tool use]', false)).toBe('interruption');
    expect(
      kindOfUserText(
        'This session is being continued from a previous conversation that ran out of context.',
        false,
      ),
    ).toBe('compaction');
  });
});
