import { describe, expect, it } from 'vitest';
import { runFrom } from '../../test/support/notation.ts';
import { expectPresent } from '../base/assert.ts';
import { readNumbered } from './shown-file.ts';
import { readOutput } from './shown-output.ts';

function outputOf(observation: string): { text: string; whole: boolean } | undefined {
  const [step] = runFrom('1 > x').steps;
  return readOutput({ ...expectPresent(step, 'a step'), observation });
}

describe('readOutput', () => {
  it.each([
    ['mini-SWE-agent', '<returncode>0</returncode>\n<output>\nhi\nyou\n</output>', 'hi\nyou\n'],
    [
      '... after an exception',
      '<exception>late</exception>\n<returncode>-1</returncode>\n<output>\nhi\n</output>',
      'hi\n',
    ],
    [
      'OpenHands',
      'hi\n[Current working directory: /app]\n[Python interpreter: /usr/bin/python]\n[The command completed with exit code 0.]',
      'hi',
    ],
    [
      'OpenHands completions',
      'EXECUTION RESULT of [execute_bash]:\nhi\n[Command finished with exit code 1]',
      'hi',
    ],
    ['SWE-agent', 'hi\n(Open file: /a.py)\n(Current directory: /app)\nbash-$', 'hi'],
    ['Claude Code', 'Exit code 2\nhi\n\n<system-reminder>\nBe good.\n</system-reminder>', 'hi'],
    ['Codex', 'Exit code: 0\nWall time: 0.1 seconds\nOutput:\nhi\n', 'hi\n'],
    [
      "Codex's sessions",
      'Chunk ID: 1f2e\nWall time: 0.0210 seconds\nProcess exited with code 0\nOriginal token count: 4\nOutput:\nhi\n',
      'hi\n',
    ],
    ['Gemini CLI', 'Output: hi\nyou\nProcess Group PGID: 9', 'hi\nyou'],
    [
      'Gemini CLI, early',
      'Command: ls\nDirectory: (root)\nOutput: hi\nError: (none)\nExit Code: 0\nSignal: 0\nBackground PIDs: (none)\nProcess Group PGID: 9',
      'hi',
    ],
    ['no output of Gemini CLI', 'Output: (empty)\nProcess Group PGID: 9', ''],
    ['what only begins like it', 'Output: hi', 'Output: hi'],
    ['Copilot', 'hi\nyou\n<exited with exit code 0>', 'hi\nyou'],
    ['plain', 'hi\n', 'hi\n'],
  ])('takes the frame of %s off', (_name, observation, text) => {
    expect(outputOf(observation)).toMatchObject({ text, whole: true });
  });

  it.each([
    '<returncode>0</returncode>\n<warning>long</warning><output_head>\na\n</output_head>\n<elided_chars>9 elided</elided_chars>',
    'a\n<response clipped><NOTE>Due to the max output limit</NOTE>',
    'a\n[... Observation truncated due to length ...]\nb',
    'Exit code: 0\nWall time: 0.1 seconds\nTotal output lines: 900\nOutput:\na\nb',
    'a\n…12 tokens truncated…b',
    '<tool_output_masked>\na',
  ])('sees that something was cut', (observation) => {
    expect(outputOf(observation)?.whole).toBe(false);
  });
});

describe('readNumbered', () => {
  const whole = (text: string): { text: string; whole: boolean } => ({ text, whole: true });

  it('reads the window of SWE-agent', () => {
    const window = '[File: /a.py (2 lines total)]\n1:def f():\n2:    return 1';
    expect(readNumbered(whole(window), undefined)?.content).toBe('def f():\n    return 1\n');
    const part =
      '[File: /a.py (300 lines total)]\n(100 more lines above)\n101:x\n102:y\n(198 more lines below)';
    expect(readNumbered(whole(part), undefined)).toEqual({
      range: { from: 101, to: 102 },
      window: { from: 101, lines: ['x', 'y'], total: 300 },
      cut: false,
    });
  });

  it('reads what editor tools show below a heading', () => {
    const shown = "Here's the result of running `cat -n` on /a.py:\n     1\tx = 1\n     2\t\n     3\ty\n";
    expect(readNumbered(whole(shown), undefined)?.content).toBe('x = 1\n\ny\n');
  });

  it('knows the whole of a window that shows every line, whatever stands below it', () => {
    const window = '[File: /a.py (2 lines total)]\n1:x\n2:y\nFile updated. Please review the changes.';
    expect(readNumbered(whole(window), { from: 1, to: 100 })?.content).toBe('x\ny\n');
  });

  it('reads the last line although its tab was cut off', () => {
    expect(readNumbered(whole('     1\tx\n     2'), undefined)?.content).toBe('x\n');
  });

  it('knows a part only, where a range was asked for', () => {
    expect(readNumbered(whole('     1\tx\n     2\ty'), { from: 1, to: 2 })).toEqual({
      range: { from: 1, to: 2 },
      window: { from: 1, lines: ['x', 'y'], total: undefined },
      cut: false,
    });
  });

  it('takes no numbers for line numbers that do not count', () => {
    expect(readNumbered(whole('1\ta\n3\tb'), undefined)).toBeUndefined();
    expect(readNumbered(whole('12 passed\n'), undefined)).toBeUndefined();
  });

  it('does not trust files and lines as long as what Claude Code cuts', () => {
    const lines = Array.from({ length: 2000 }, (_, i) => `${i + 1}→x`.padStart(8));
    expect(readNumbered(whole(lines.join('\n')), undefined)?.content).toBeUndefined();
    expect(readNumbered(whole(`     1→${'x'.repeat(2000)}\n     2→y`), undefined)?.content).toBeUndefined();
  });
});
