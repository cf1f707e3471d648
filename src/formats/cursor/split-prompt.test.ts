import { describe, expect, it } from 'vitest';
import { splitPrompt } from './split-prompt.ts';

describe('splitPrompt', () => {
  it.each([
    ['plain', 'plain', ''],
    ['<user_query>\nhi\n</user_query>', 'hi', ''],
    [
      '<files>a</files>\n<user_query>one</user_query>\nand\n<user_query>two</user_query>',
      'one\n\ntwo',
      '<files>a</files>\n\nand',
    ],
    ['<user_query>no end', '<user_query>no end', ''],
  ])('%j', (text, prompt, around) => {
    expect(splitPrompt(text)).toEqual({ prompt, around });
  });

  it('takes linear time over tags that never end', () => {
    const text = '<user_query>'.repeat(50_000);
    expect(splitPrompt(text).prompt).toBe(text);
  });
});
