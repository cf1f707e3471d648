import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTerminusResponse } from './parse-response.ts';

const keys = (text: string): string[] =>
  parseTerminusResponse(text).commands.map(({ keystrokes }) => keystrokes);

describe('parseTerminusResponse', () => {
  it('reads bare JSON with the place of each command', () => {
    const found = parseTerminusResponse(
      '{"analysis": "a", "plan": "p", "commands": [{"keystrokes": "ls\\n"}, {"keystrokes": ""}], "task_complete": "true"}',
    );
    expect(found).toMatchObject({ syntax: 'json', thoughts: ['a', 'p'], taskComplete: true });
    expect(found.problem).toBeUndefined();
    expect(found.commands.map(({ place }) => place)).toEqual([
      { pointer: '/commands/0' },
      { pointer: '/commands/1' },
    ]);
  });

  it('passes over braces in the prose around it and keeps the prose', () => {
    const found = parseTerminusResponse(
      'Use {x} here.\n{"plan": "p", "commands": [{"keystrokes": "ls"}]}\nThanks!',
    );
    expect(found.thoughts).toEqual(['Use {x} here.', 'p', 'Thanks!']);
    expect(found.commands).toMatchObject([{ keystrokes: 'ls', place: { line: 2 } }]);
  });

  it.each([
    ['cut inside a command', '{"plan": "p", "commands": [{"keystrokes": "a\\n"}, {"keystrokes": "b', ['a\n']],
    ['without its last brace', '{"plan": "p", "commands": [{"keystrokes": "a\\n"}]', ['a\n']],
    [
      'with raw line breaks',
      '{"plan": "p\nq", "commands": [{"keystrokes": "cat <<E\nx\nE\n"}]}',
      ['cat <<E\nx\nE\n'],
    ],
    [
      'with escapes of the shell',
      '{"commands": [{"keystrokes": "sed s/\\./x/ f\\n"}]}',
      ['sed s/\\./x/ f\n'],
    ],
  ])('picks whole commands out of JSON %s', (_, text, expected) => {
    expect(keys(text)).toEqual(expected);
    expect(parseTerminusResponse(text).problem).toContain('broken');
  });

  it('keeps a thought that is cut off', () => {
    expect(parseTerminusResponse('{"analysis": "half a tho').thoughts).toEqual(['half a tho']);
  });

  it('names entries without keystrokes', () => {
    const found = parseTerminusResponse('{"commands": [{"cmd": "ls"}, "pwd\\n", {"keystrokes": "id"}]}');
    expect(found.commands.map(({ keystrokes }) => keystrokes)).toEqual(['pwd\n', 'id']);
    expect(found.problem).toBe('1 of 3 commands have no keystrokes');
  });

  it('reads XML without resolving entities, the first block only', () => {
    const text = `<response>
<analysis>a</analysis><plan>p</plan>
<commands>
<keystrokes duration="0.5">echo "&lt;" > f
</keystrokes>
</commands>
<commands><keystrokes>never</keystrokes></commands>
<task_complete>true</task_complete>
</response>`;
    expect(parseTerminusResponse(text)).toEqual({
      syntax: 'xml',
      thoughts: ['a', 'p'],
      taskComplete: true,
      commands: [
        {
          keystrokes: 'echo "&lt;" > f\n',
          args: { keystrokes: 'echo "&lt;" > f\n', duration: 0.5 },
          place: { line: 4 },
        },
      ],
    });
  });

  it('picks whole commands out of XML that is cut', () => {
    const found = parseTerminusResponse('<response><commands><keystrokes>a\n</keystrokes><keystrokes>b');
    expect(found.commands.map(({ keystrokes }) => keystrokes)).toEqual(['a\n']);
    expect(found.problem).toContain('not whole');
  });

  it('says so when there is nothing to read', () => {
    expect(parseTerminusResponse('  ').problem).toBe('the response is empty');
    expect(parseTerminusResponse('I am done.')).toMatchObject({ syntax: 'none', thoughts: ['I am done.'] });
  });

  it('reads back what was written as JSON, fenced or not, and survives any cut of it', () => {
    const commands = fc.array(fc.record({ keystrokes: fc.string(), duration: fc.integer() }), {
      maxLength: 4,
    });
    const response = fc.record({ analysis: fc.string(), plan: fc.string(), commands });
    fc.assert(
      fc.property(response, fc.boolean(), fc.nat(), (value, fenced, cut) => {
        const text = fenced ? `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\`` : JSON.stringify(value);
        expect(keys(text)).toEqual(value.commands.map(({ keystrokes }) => keystrokes));
        const whole = keys(text);
        const part = keys(text.slice(0, cut % (text.length + 1)));
        expect(whole.slice(0, part.length)).toEqual(part);
      }),
    );
  });

  it('stays linear on unbalanced braces and quotes', () => {
    const started = performance.now();
    for (const unit of ['{', '{"', '{"commands": [{"keystrokes": "', '<keystrokes>', '"commands" [{']) {
      parseTerminusResponse(unit.repeat(50_000));
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
