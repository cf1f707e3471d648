import { describe, expect, it } from 'vitest';
import { readOutput } from './read-output.ts';

describe('readOutput', () => {
  it.each([
    ['Exit code: 0\nWall time: 0.1 seconds\nOutput:\nhi\n', 'ok', 0],
    ['Exit code: 2\nWall time: 0.1 seconds\nTotal output lines: 9\nOutput:\nhi\n', 'error', 2],
    ['Wall time: 1.0 seconds\nProcess exited with code 3\nOutput:\nhi', 'error', 3],
    ['Wall time: 1.0 seconds\nProcess running with session ID 4\nOutput:\nhi', 'unknown', undefined],
    [
      'Exit code: 124\nWall time: 1.0 seconds\nOutput:\ncommand timed out after 9 milliseconds\n',
      'timeout',
      124,
    ],
    ['exec command rejected by user', 'rejected', undefined],
    ['patch rejected by user', 'rejected', undefined],
    ['aborted by user after 3.1s', 'interrupted', undefined],
    ['unsupported call: shel', 'error', undefined],
    ['failed to parse function arguments: missing field', 'error', undefined],
    ['apply_patch verification failed: no such file', 'error', undefined],
    ['hi\nOutput:\nExit code: 9\n', 'unknown', undefined],
    ['Plan updated', 'ok', undefined],
  ])('keeps %j whole and reads its end', (output, status, exitCode) => {
    expect(readOutput({ output })).toEqual({
      observation: output,
      status,
      ...(exitCode !== undefined && { exitCode }),
    });
  });

  it('takes the output out of JSON text, and only of that of a command', () => {
    const shell = '{"output":"a\\nb","metadata":{"exit_code":1,"duration_seconds":0.1}}';
    expect(readOutput({ output: shell })).toEqual({ observation: 'a\nb', exitCode: 1, status: 'error' });
    expect(readOutput({ output: '{"agent_id":"x"}' }).observation).toBe('{"agent_id":"x"}');
    expect(readOutput({ output: '{"output' }).observation).toBe('{"output');
  });

  it('reads content blocks, objects, and results of early versions', () => {
    expect(
      readOutput({
        output: [
          { type: 'input_text', text: 'a' },
          { type: 'input_image', image_url: 'data:image/png;base64,AA' },
        ],
      }),
    ).toMatchObject({
      observation: 'a',
      images: ['inline image/png;base64'],
    });
    expect(readOutput({ output: { content: 'no', success: false } })).toMatchObject({
      observation: 'no',
      status: 'error',
    });
    expect(readOutput({ result: { stdout: 'a', stderr: 'b', exitCode: 0 } })).toEqual({
      observation: 'a\nb',
      exitCode: 0,
      status: 'ok',
    });
    expect(readOutput({ result: 'hola' })).toEqual({ observation: 'hola', status: 'unknown' });
    expect(readOutput({ status: 'completed' })).toEqual({ status: 'ok' });
    expect(readOutput({ output: 7 })).toMatchObject({ observation: '7' });
  });
});
