import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readShellWord, readTypedPrompt } from './typed-prompt.ts';

const typed = (...texts: readonly string[]) =>
  texts.map((text, index) => ({ text, events: [index, index] as const, times: [0, 0] as const }));

describe('readTypedPrompt', () => {
  it('reads the quoted word after -p', () => {
    const line = `claude --verbose -p 'Don'"'"'t stop' --allowedTools Bash`;
    expect(readTypedPrompt(typed('clear', line))).toEqual({ text: "Don't stop", events: [1, 1] });
  });

  it('reads a prompt with line feeds', () => {
    expect(readTypedPrompt(typed("claude -p 'one", '', "two' --x", 'exit'))).toEqual({
      text: 'one\n\ntwo',
      events: [0, 2],
    });
  });

  it('finds nothing where there is no prompt', () => {
    expect(readTypedPrompt(typed('claude --version', 'ls -p'))).toBeUndefined();
    expect(readTypedPrompt(typed("claude -p 'never closed"))).toBeUndefined();
    expect(readTypedPrompt([])).toBeUndefined();
  });
});

describe('readShellWord', () => {
  it('undoes quoting', () => {
    expect(readShellWord(String.raw`a"b \"c\" $x"\ d e`, 0)).toMatchObject({ text: 'ab "c" $x d' });
  });

  it('reads back what a shell would quote', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const quoted = `'${text.replaceAll("'", `'"'"'`)}'`;
        expect(readShellWord(`${quoted} rest`, 0)).toEqual({ text, end: quoted.length });
      }),
    );
  });
});
