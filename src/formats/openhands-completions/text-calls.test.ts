import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTextResult, splitTextCalls, unwrapTask } from './text-calls.ts';

const word = fc.stringMatching(/^[a-z_]{1,12}$/);
const value = fc.string().filter((text) => !text.includes('<'));

describe('splitTextCalls', () => {
  it('reads a call whose closing tag was the stop word', () => {
    expect(splitTextCalls('I look.\n<function=execute_bash>\n<parameter=command>ls</parameter>\n')).toEqual({
      text: 'I look.',
      calls: [{ name: 'execute_bash', args: { command: 'ls' } }],
    });
  });

  it('keeps a value that was cut off', () => {
    const { calls } = splitTextCalls('<function=f>\n<parameter=a>1</parameter>\n<parameter=b>2 and');
    expect(calls).toEqual([{ name: 'f', args: { a: '1', b: '2 and' } }]);
  });

  it('leaves text without calls alone', () => {
    expect(splitTextCalls('a < b')).toEqual({ text: 'a < b', calls: [] });
    expect(splitTextCalls('<function=never')).toEqual({ text: '<function=never', calls: [] });
  });

  it('gives back every call that was written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: word, args: fc.dictionary(word, value) }), { maxLength: 4 }),
        (calls) => {
          const write = ([key, text]: [string, string]): string => `<parameter=${key}>${text}</parameter>\n`;
          const written = calls.map(
            ({ name, args }) =>
              `<function=${name}>\n${Object.entries(args).map(write).join('')}</function>\n`,
          );
          const read = splitTextCalls(`First.\n${written.join('and\n')}`);
          expect(read.calls.map(({ name, args }) => [name, Object.entries(args)])).toEqual(
            calls.map(({ name, args }) => [name, Object.entries(args)]),
          );
        },
      ),
    );
  });
});

describe('readTextResult', () => {
  it('finds tool and output', () => {
    expect(readTextResult('EXECUTION RESULT of [bash]:\r\na\nb')).toEqual({ name: 'bash', output: 'a\nb' });
    expect(readTextResult('Please go on.')).toBeUndefined();
  });
});

describe('unwrapTask', () => {
  it('takes the task out of the lesson around it', () => {
    const lesson =
      'Example.\n--------------------- NEW TASK DESCRIPTION ---------------------\nMend it.\n--------------------- END OF NEW TASK DESCRIPTION ---------------------\nBe strict.';
    expect(unwrapTask(lesson)).toBe('Mend it.');
    expect(unwrapTask('Mend it.')).toBe('Mend it.');
  });
});
