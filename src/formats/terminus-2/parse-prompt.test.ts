import { describe, expect, it } from 'vitest';
import { isHandover, parsePrompt } from './parse-prompt.ts';

describe('parsePrompt', () => {
  it('cuts the label off and says on which line the output begins', () => {
    expect(parsePrompt('New Terminal Output:\n\n$ ls\n')).toEqual({
      output: { text: '\n$ ls\n', line: 2 },
      preface: '',
      rejected: false,
      timedOut: false,
    });
    expect(parsePrompt('Current terminal state:\n$ \n').output).toEqual({ text: '$ \n', line: 2 });
  });

  it('takes a label only at the start of a line, and the newest name first', () => {
    const text = 'echo Current Terminal Screen:\nCurrent terminal state:\nNew Terminal Output:\nout';
    expect(parsePrompt(text)).toMatchObject({
      output: { text: 'out', line: 4 },
      preface: 'echo Current Terminal Screen:\nCurrent terminal state:\n',
    });
  });

  it('knows a refused answer, a command that did not end, and a hand-over', () => {
    expect(parsePrompt('Previous response had parsing errors:\nNew Terminal Output:\nx')).toMatchObject({
      rejected: true,
    });
    const late =
      'Previous command:\nmake\n\nThe previous command timed out after 60 seconds\n\nHere is the current state of the terminal:\n\nbuilding';
    expect(parsePrompt(late)).toMatchObject({ timedOut: true, output: { text: '\nbuilding' } });
    expect(parsePrompt('Go on.').output).toBeUndefined();
    expect(isHandover('Here are the answers the other agent provided.\n\n…')).toBe(true);
  });
});
