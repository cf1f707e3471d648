import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { answerLine } from '../../src/app/answer-line.ts';
import { commandAnswerSchema, effectsDocumentSchema } from '../../src/query/effects-schemas.ts';
import { captureCli } from '../support/run-cli.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

async function runOn(content: string | Uint8Array, ...options: string[]) {
  const file = join(await makeTemporaryFolder(), 'commands.jsonl');
  await writeFile(file, content);
  return await captureCli('effects', file, ...options);
}

function rowsOf(stdout: string): unknown[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

describe('codetracer effects', () => {
  it('answers each line in its order and passes its fields through', async () => {
    const { code, stdout, stderr } = await runOn(
      '{"id":"a","command":"rm x","cwd":"/w","class":"mine"}\r\n{"command":"ls"}\n',
    );
    const [first, second] = rowsOf(stdout);
    expect(first).toMatchObject({
      id: 'a',
      cwd: '/w',
      line: 1,
      class: 'change',
      given: { class: 'mine' },
      effects: [{ kind: 'delete', path: 'x' }],
    });
    expect(second).toMatchObject({ line: 2, class: 'explore', programs: ['ls'] });
    expect([code, stderr]).toEqual([0, '']);
  });

  it.each([
    ['', 'empty-line'],
    ['ls -l', 'malformed-json'],
    ['"ls"', 'no-object'],
    ['{"cmd":"ls"}', 'no-command'],
    ['{"command":["ls"]}', 'bad-field'],
    ['{"command":"ls\\u0000"}', 'nul-byte'],
    ['{"command":"ls","tool":5}', 'bad-field'],
    ['{"tool":"Edit","args":"x"}', 'bad-field'],
    [`{"command":"ls","x":${'['.repeat(2_000)}${']'.repeat(2_000)}}`, 'bad-field'],
  ])('gives a line with an error for %s', async (line, flaw) => {
    const { code, stdout, stderr } = await runOn(`${line}\n{"command":"ls"}\n`);
    expect(rowsOf(stdout)).toMatchObject([
      { line: 1, error: { code: flaw } },
      { line: 2, class: 'explore' },
    ]);
    expect(code).toBe(5);
    expect(stderr).toContain(`1 of 2 lines hold no command: 1 ${flaw}`);
  });

  it('judges calls of tools, and what came of them', async () => {
    const call = { tool: 'Write', args: { file_path: '/a', content: 'x' } };
    const { stdout } = await runOn(
      `${JSON.stringify(call)}\n${JSON.stringify({ ...call, output: 'Error: no', exitCode: 1 })}\n`,
    );
    const [asked, failed] = rowsOf(stdout).map((row) => commandAnswerSchema.parse(row));
    expect(asked).toMatchObject({ class: 'change', effects: [{ kind: 'write', path: '/a' }] });
    expect(asked?.happened).toBeUndefined();
    expect(failed).toMatchObject({ class: 'change', happened: { class: 'explore' } });
  });

  it('prints exactly one document with --json', async () => {
    const { code, stdout } = await runOn('{"command":"rm x"}\n\n{"command":"ls"}', '--json');
    const document = effectsDocumentSchema.parse(JSON.parse(stdout));
    expect(document).toMatchObject({ lines: 3, changes: 1, errors: { 'empty-line': 1 } });
    expect(document.rows.map(({ line }) => line)).toEqual([1, 2, 3]);
    expect(code).toBe(5);
  });

  it('reads past a byte order mark, and refuses what is no UTF-8', async () => {
    const marked = await runOn(Buffer.from('\ufeff{"command":"ls"}\n'));
    expect(marked.code).toBe(0);
    const wide = await runOn(Buffer.from('\ufeff{"command":"ls"}\n', 'utf16le'));
    expect(wide.code).toBe(3);
    expect(wide.stderr).toContain('UTF-8');
  });

  it('tells how to write plain lines when no line holds a command', async () => {
    const plain = await runOn('ls\npwd\n');
    expect(plain.code).toBe(4);
    expect(plain.stderr).toContain('{"command": "ls -l"}');
    const empty = await runOn('', '--json');
    expect(empty.code).toBe(4);
    expect(effectsDocumentSchema.parse(JSON.parse(empty.stdout)).lines).toBe(0);
    expect((await captureCli('effects', '/there/is/no/such.jsonl')).code).toBe(3);
  });

  it('answers names that objects have by themselves', () => {
    const answer = answerLine('{"command":"ls","__proto__":{"x":1},"constructor":"c"}', 1);
    expect(z.record(z.string(), z.unknown()).parse(answer)['constructor']).toBe('c');
  });
});
