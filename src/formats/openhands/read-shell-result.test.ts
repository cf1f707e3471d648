import { describe, expect, it } from 'vitest';
import { readShellResult, readShownShellResult } from './read-shell-result.ts';

const metadata = (code: number, suffix = ''): object => ({
  metadata: { exit_code: code, suffix, working_dir: '/repo' },
});

describe('readShellResult', () => {
  it.each([
    [metadata(0), { exitCode: 0, status: 'ok', recordedCwd: '/repo' }],
    [metadata(2), { exitCode: 2, status: 'error', recordedCwd: '/repo' }],
    [
      metadata(-1, '\n[The command has no new output after 10 seconds.]'),
      { status: 'timeout', recordedCwd: '/repo' },
    ],
    [
      metadata(130, '\n[... CTRL+C was sent.]'),
      { exitCode: 130, status: 'interrupted', recordedCwd: '/repo' },
    ],
    [metadata(-1), { status: 'unknown', recordedCwd: '/repo' }],
    [{ exit_code: 1 }, { exitCode: 1, status: 'error' }],
    [{ exit_code: null, timeout: true, metadata: { working_dir: null } }, { status: 'timeout' }],
    [undefined, { status: 'unknown' }],
  ])('%j', (fields, expected) => {
    expect(readShellResult(fields)).toEqual(expected);
  });
});

describe('readShownShellResult', () => {
  it('reads the notes under the output, the last of each', () => {
    const text =
      'cat log\n[The command completed with exit code 9.]\n[The command completed with exit code 1.]\n[Current working directory: /repo]\n';
    expect(readShownShellResult(text)).toEqual({ exitCode: 1, status: 'error', recordedCwd: '/repo' });
  });

  it('reads the prompt of older versions', () => {
    const text =
      'ok\r\n[Python Interpreter: /usr/bin/python]\nroot@box-1:/repo # \n[Command finished with exit code 0]';
    expect(readShownShellResult(text)).toEqual({ exitCode: 0, status: 'ok', recordedCwd: '/repo' });
  });

  it('knows nothing where no note stands', () => {
    expect(readShownShellResult('hello')).toEqual({ status: 'unknown' });
  });

  it('takes no time on long hostile lines', () => {
    const text = `${'\na@b:/'.repeat(100_000)}${'['.repeat(100_000)}`;
    expect(readShownShellResult(text)).toEqual({ status: 'unknown' });
  });
});
