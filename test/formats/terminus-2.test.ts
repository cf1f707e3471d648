import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/formats/detect-format.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { terminus2Format } from '../../src/formats/terminus-2/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { FIXTURES } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

async function open(name: string, folder = ''): Promise<Run> {
  const reader = await openDiskReader(join(FIXTURES, 'terminus-2', name));
  const [run] = await extractRuns(terminus2Format, reader, folder);
  if (!run) throw new Error('no run');
  return run;
}

function files(name: string): Record<string, Buffer> {
  const home = join(FIXTURES, 'terminus-2', name);
  const paths = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.\w+$/.test(path),
  );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(home, path))]));
}

describe('Terminus 2 episodes', () => {
  it('makes each command a step, in numeric order of the episodes, blank keystrokes included', async () => {
    const run = await open('json-run');
    expect(run.steps.map(({ id, action }) => [id, action])).toEqual([
      ['1', 'wc -l words.txt\n'],
      ['2', ''],
      ['3', 'wc -l < words.txt > count.txt\n'],
      ['4', 'cat count.txt\n'],
      ['5', 'ls\n'],
    ]);
    expect(run.steps[1]?.args).toEqual({ keystrokes: '', duration: 3 });
    expect(run.task?.text).toBe('Count the lines of words.txt into count.txt.');
    expect(run.finalMessage?.text).toBe('All there.\n\nConfirm.');
    expect(run).toMatchObject({ model: 'acme-small', usage: { inputTokens: 460, outputTokens: 70 } });
  });

  it('gives the screen of an episode to its last command, with its place in the next prompt', async () => {
    const { steps } = await open('json-run');
    expect(steps[0]?.observation).toBeUndefined();
    expect(steps[0]?.status).toBe('unknown');
    expect(steps[1]?.observation).toBe('\nroot@box:/work# wc -l words.txt\n12 words.txt\n');
    expect(steps[1]?.observationRef).toEqual({ artifact: 'agent-logs/episode-1/prompt.txt', line: 2 });
    expect(steps[2]?.observation).toContain('> count.txt');
    expect(steps[2]?.observationRef).toEqual({ artifact: 'agent-logs/episode-2/prompt.txt', line: 5 });
  });

  it('takes no step from a refused answer, and the whole commands from a broken one', async () => {
    const run = await open('json-run');
    expect(run.steps[3]?.thought).toBe(
      '{"analysis": "Written.", "commands": [{"keystrokes": "rm words.txt\\n"}]}\n\nCheck "count"\nonce more.\n\nShow it.',
    );
    const broken = run.diagnostics.find(({ code }) => code === 'malformed-json');
    expect(broken?.message).toContain('2 whole commands');
    expect(broken?.place?.artifact).toBe('agent-logs/episode-3/response.txt');
  });

  it('gives no output over a gap between episodes', async () => {
    const run = await open('json-run');
    expect(run.steps[4]).toMatchObject({ status: 'pending' });
    expect(run.diagnostics.find(({ code }) => code === 'missing-artifact')?.message).toContain(
      'after episode 3',
    );
    expect(run.messages.at(-1)).toMatchObject({ kind: 'reply' });
  });

  it('reads the XML variant word for word, and the fields of older versions', async () => {
    const { steps } = await open('xml-run');
    expect(steps.map(({ action, thought }) => [action, thought])).toEqual([
      ['echo ready > state.txt\n', 'Nothing there yet.\n\nWrite & show it.'],
      ['cat state.txt && echo "a < b"\n', undefined],
      ['sleep 1\n', 'It is there.\n\nWait for the clock.'],
    ]);
    expect(steps[1]?.observation).toContain('ready\na < b');
    expect(steps[2]).toMatchObject({ status: 'pending', args: { is_blocking: true, timeout_sec: 5 } });
  });

  it.each([
    ['json-run', ''],
    ['json-run', 'agent-logs'],
    ['xml-run', ''],
  ])('%s is detected at %j', async (name, folder) => {
    const reader = await openDiskReader(join(FIXTURES, 'terminus-2', name));
    const entry = await reader.stat(folder);
    if (!entry) throw new Error('no folder');
    const choice = await detectFormat(entry, reader, FORMATS);
    expect(choice).toMatchObject({ kind: 'chosen', format: { id: 'terminus-2' } });
  });

  it.each(['json-run', 'xml-run'])('%s with any file cut at any tenth gives one run', async (name) => {
    const whole = files(name);
    for (const [path, bytes] of Object.entries(whole)) {
      for (let tenth = 0; tenth < 10; tenth++) {
        const cut = bytes.subarray(0, Math.floor((bytes.length * tenth) / 10));
        const runs = await extractRuns(terminus2Format, createMemoryReader({ ...whole, [path]: cut }), '');
        expect(runs).toHaveLength(1);
      }
    }
  });

  it('survives empty files, pointers, odd bytes and CRLF', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n';
    const run = await extractRuns(
      terminus2Format,
      createMemoryReader({
        'episode-0/prompt.txt': new Uint8Array([0xff, 0xfe, 0x00, 0xd8]),
        'episode-0/response.txt': '',
        'episode-1/prompt.txt': pointer,
        'episode-1/response.txt': pointer,
        'episode-1/debug.json': '[',
        'episode-2/response.txt':
          '{"analysis": "x",\r\n"plan": "y",\r\n"commands": [{"keystrokes": "ls\\n"}]}\r\n',
        'episode-3/prompt.txt': 'New Terminal Output:\r\n\r\n$ ls\r\n',
      }),
      '',
    );
    expect(run[0]?.steps).toMatchObject([{ action: 'ls\n', observation: '\r\n$ ls\r\n' }]);
    const codes = run[0]?.diagnostics.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['missing-artifact', 'lfs-pointer', 'empty-file']));
  });
});
