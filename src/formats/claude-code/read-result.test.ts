import { describe, expect, it } from 'vitest';
import { readResult } from './read-result.ts';

const origin = { place: { artifact: 'a', line: 3 } };
const read = (content: unknown, isError?: boolean, structured?: unknown) =>
  readResult({ content, is_error: isError }, structured, origin, ['message', 'content', 0]);

describe('readResult', () => {
  it('tells how a call ended from the text that the agent was shown', () => {
    expect(read('ok').status).toBe('ok');
    expect(read('Exit code 127\nfoo: command not found', true)).toMatchObject({
      status: 'error',
      exitCode: 127,
    });
    expect(read('<tool_use_error>File does not exist.</tool_use_error>', true).status).toBe('error');
    expect(read('Command timed out after 2m 0.0s', true).status).toBe('timeout');
    expect(read('Exit code 143\nCommand timed out after 2m', true)).toMatchObject({
      status: 'timeout',
      exitCode: 143,
    });
    expect(read("The user doesn't want to take this action right now.", true).status).toBe('rejected');
    expect(
      read("Claude requested permissions to use WebSearch, but you haven't granted it yet.", true).status,
    ).toBe('rejected');
    expect(read('[Request interrupted by user for tool use]', true).status).toBe('interrupted');
    expect(read('<tool_use_error>Sibling tool call errored</tool_use_error>', true).status).toBe(
      'interrupted',
    );
    expect(read('part', false, { stdout: 'part', stderr: '', interrupted: true }).status).toBe('interrupted');
  });

  it('takes an exit code only from a failed call: output may begin with the same words', () => {
    expect(read('Exit code 1\nis what the tool printed').exitCode).toBeUndefined();
    expect(read('Exit code 1234', true).exitCode).toBeUndefined();
  });

  it('joins text blocks and keeps images by name', () => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } };
    expect(read([{ type: 'text', text: 'a' }, image, { type: 'text', text: 'b' }])).toMatchObject({
      observation: 'a\nb',
      images: ['inline image/png'],
      place: { artifact: 'a', line: 3, pointer: '/message/content/0/content' },
    });
  });

  it('keeps a longer raw output, and nothing that was shown whole', () => {
    expect(read('cut', false, { stdout: 'all of it', stderr: 'and errors' }).rawOutput).toBe(
      'all of it\nand errors',
    );
    expect(read('same', false, { stdout: 'same', stderr: '' }).rawOutput).toBeUndefined();
    expect(read('no', true, 'Error: no').rawOutput).toBeUndefined();
    expect(
      read('shown', false, { filePath: '/a', content: 'a text that was written' }).rawOutput,
    ).toBeUndefined();
    expect(read('x', false, { mode: 'content', content: 'a.py:1: match' }).rawOutput).toBe('a.py:1: match');
  });

  it('survives content of other types', () => {
    expect(read(undefined).observation).toBe('');
    expect(read(7, true, 7)).toMatchObject({ observation: '', status: 'error' });
    expect(read([null, 3, { type: 'tool_reference' }]).observation).toBe('');
  });
});
