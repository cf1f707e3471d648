import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/formats/detect-format.ts';
import { openhandsCompletionsFormat as format } from '../../src/formats/openhands-completions/format.ts';
import { openhandsEvalEnricher } from '../../src/formats/openhands-eval/enricher.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { RunId } from '../../src/model/ids.ts';
import { extractBuilders, extractRuns } from '../support/extract-one.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/openhands-completions');
const TWO = 'two-attempts/llm_completions/acme__greeter-7';
const reader = await openDiskReader(FIXTURES);

describe('a folder of logged calls', () => {
  it.each([TWO, 'condensed', 'text-calls'])('%s is recognised', async (path) => {
    const entry = await reader.stat(path);
    if (!entry) throw new Error(`no ${path}`);
    const choice = await detectFormat(entry, reader, FORMATS);
    expect(choice.kind === 'chosen' && choice.format.id).toBe('openhands-completions');
  });

  it('is none where one call lies among other documents', async () => {
    const call = readFileSync(join(FIXTURES, TWO, 'acme__coder-1-1770000000.6.json'), 'utf8');
    const among = createMemoryReader({ 'c/call.json': call, 'c/a.json': '{"a": 1}', 'c/b.json': '{}' });
    const entry = await among.stat('c');
    if (!entry) throw new Error('no c');
    expect((await detectFormat(entry, among, FORMATS)).kind).toBe('unknown');
  });

  it('is one run per attempt: a history that starts anew begins the next', async () => {
    const runs = await extractRuns(format, reader, TWO);
    expect(runs.map(({ path, steps }) => [path, steps.length])).toEqual([
      [`${TWO}#attempt-1`, 3],
      [`${TWO}#attempt-2`, 4],
    ]);
    expect(runs.map(({ task }) => task)).toMatchObject([
      { id: 'acme__greeter-7', text: 'The greeting lacks a comma. Mend it.' },
      { id: 'acme__greeter-7', text: 'The greeting lacks a comma. Mend it.' },
    ]);
  });

  it('counts the last answer’s call, whose result no file has', async () => {
    const [first] = await extractRuns(format, reader, TWO);
    expect(first?.steps.at(-1)).toMatchObject({
      action: 'python -m greeter',
      thought: 'I try it.',
      status: 'pending',
      actionRef: {
        artifact: `${TWO}/acme__coder-1-1770000020.5.json`,
        pointer: '/response/choices/0/message',
      },
    });
    expect(first?.steps.at(-1)?.observation).toBeUndefined();
  });

  it('pairs results by id though ids come again, and in whatever order they come', async () => {
    const [, second] = await extractRuns(format, reader, TWO);
    expect(
      second?.steps.map(({ action, observation, status, exitCode, recordedCwd, turn }) => [
        action.split('\n')[0],
        observation?.split('\n')[0],
        status,
        exitCode,
        recordedCwd,
        turn,
      ]),
    ).toEqual([
      ['cat greeter/hello.py', 'def hello(name): ...', 'ok', 0, '/repo', 1],
      ['cat README.md', '# Greeter', 'ok', 0, '/repo', 1],
      ['str_replace_editor', 'ERROR:', 'error', undefined, undefined, 2],
      ["sed -i 's/Hello /Hello, /' greeter/hello.py", '', 'error', 2, '/repo', 4],
    ]);
  });

  it('keeps talk without calls, replies and the final words', async () => {
    const [, second] = await extractRuns(format, reader, TWO);
    expect(second?.steps[3]?.thought).toBe('I think it is done.\n\nSo I write it anew.');
    expect(second?.messages.map(({ kind, text, before }) => [kind, text, before]).at(-1)).toEqual([
      'reply',
      'Please go on.',
      '4',
    ]);
    expect(second?.finalMessage?.text).toBe('The greeting has its comma.\n\nMended the greeting.');
  });

  it('sums usage and cost over the files of the attempt', async () => {
    const [first, second] = await extractRuns(format, reader, TWO);
    expect(first?.usage?.costUsd).toBeCloseTo(0.03);
    expect(second?.usage).toMatchObject({ inputTokens: 3400, outputTokens: 50 });
    expect(second?.steps[0]?.usage).toEqual({ inputTokens: 200, outputTokens: 10, costUsd: 0.01 });
    expect(second?.steps[1]?.usage).toBeUndefined();
    expect(second?.startedAt).toBe(1770005000500);
  });

  it('goes by the recorded times, not by the names', async () => {
    const files = readdirSync(join(FIXTURES, 'text-calls')).toSorted();
    const renamed = Object.fromEntries(
      files.map((name, index) => [
        `c/${9 - index}.json`,
        readFileSync(join(FIXTURES, 'text-calls', name), 'utf8'),
      ]),
    );
    const [run] = await extractRuns(format, createMemoryReader(renamed), 'c');
    expect(run?.steps.map(({ thought }) => thought)).toEqual(['I look.', 'I edit.']);
    expect(run?.finalMessage?.text).toBe('Done.\n\nThe file is there.');
  });

  it('reads a single file as the run up to that call', async () => {
    const [run] = await extractRuns(format, reader, `${TWO}/acme__coder-1-1770000010.2.json`);
    expect(run?.steps.map(({ status }) => status)).toEqual(['ok', 'pending']);
  });
});

describe('a condensed history', () => {
  it('counts its fullest view and the last answer, and keeps the words of the others', async () => {
    const [run, ...more] = await extractRuns(format, reader, 'condensed');
    expect(more).toEqual([]);
    expect(run?.steps.map(({ action }) => action)).toEqual([
      'echo one',
      'echo two',
      'echo three',
      'echo six',
    ]);
    const kept = run?.messages.filter(({ kind }) => kind === 'notice').map(({ text }) => text);
    expect(kept).toEqual([
      'Step four.',
      'echo four',
      'Step five.',
      'echo five',
      'five\n[The command completed with exit code 0.]',
    ]);
    expect(run?.diagnostics.find(({ code }) => code === 'compacted-history')?.message).toContain('2 calls');
  });

  it('takes the condenser’s own call for no turn, but counts what it cost', async () => {
    const [run] = await extractRuns(format, reader, 'condensed');
    expect(run?.usage?.costUsd).toBeCloseTo(0.07);
    expect(run?.steps.map(({ thought }) => thought).join()).not.toContain('It echoed numbers.');
  });
});

describe('calls as text', () => {
  it('are steps like others, with the results that come back as user messages', async () => {
    const [run] = await extractRuns(format, reader, 'text-calls');
    expect(run?.steps).toMatchObject([
      { tool: 'execute_bash', action: 'ls\npwd', thought: 'I look.', exitCode: 0, recordedCwd: '/repo' },
      {
        tool: 'str_replace_editor',
        args: { command: 'create', path: '/repo/a.py', file_text: 'x = 1\n' },
        observation: 'File created successfully at: /repo/a.py',
      },
    ]);
    expect(run?.task?.text).toBe('The greeting lacks a comma. Mend it.');
    expect(run?.usage?.costUsd).toBeCloseTo(0.03);
  });
});

describe('the responses interface', () => {
  it('reads items: reasoning, calls and their outputs', async () => {
    const item = (id: string, command: string): object[] => [
      { type: 'reasoning', summary: [{ type: 'summary_text', text: `Thinking of ${command}.` }] },
      { type: 'function_call', call_id: id, name: 'terminal', arguments: JSON.stringify({ command }) },
    ];
    const output = (id: string, text: string): object => ({
      type: 'function_call_output',
      call_id: id,
      output: text,
    });
    const asked = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Look around.' }] };
    const logged = (timestamp: number, input: object[], answer: object[]): string =>
      JSON.stringify({
        instructions: 'You are an agent.',
        input,
        tools: [{}],
        timestamp,
        response: { model: 'acme/coder-1', output: answer, usage: { input_tokens: 5, output_tokens: 2 } },
      });
    const said = {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'All seen.' }],
    };
    const memory = createMemoryReader({
      'c/m-1770000001.000-ab.json': logged(1770000001, [asked], item('a', 'ls')),
      'c/m-1770000002.000-cd.json': logged(
        1770000002,
        [asked, ...item('a', 'ls'), output('a', 'x')],
        item('b', 'pwd'),
      ),
      'c/m-1770000003.000-ef.json': logged(
        1770000003,
        [asked, ...item('a', 'ls'), output('a', 'x'), ...item('b', 'pwd'), output('b', '/')],
        [said],
      ),
    });
    const [run, ...more] = await extractRuns(format, memory, 'c');
    expect(more).toEqual([]);
    expect(run?.steps).toMatchObject([
      { action: 'ls', observation: 'x', thought: 'Thinking of ls.', turn: 1, usage: { outputTokens: 2 } },
      { action: 'pwd', observation: '/', thought: 'Thinking of pwd.', turn: 2 },
    ]);
    expect(run?.finalMessage?.text).toBe('All seen.');
    expect(run?.messages[0]).toMatchObject({ role: 'system', text: 'You are an agent.' });
  });
});

describe('OpenHands’ report of an evaluation', () => {
  it('decides the outcome of the last attempt, and of no other', async () => {
    const outcomes: string[] = [];
    for (const builder of await extractBuilders(format, reader, TWO)) {
      const entry = await reader.stat(TWO);
      if (entry) await openhandsEvalEnricher.enrich(builder, entry, reader);
      outcomes.push(builder.build('x' as RunId).outcome.kind);
    }
    expect(outcomes).toEqual(['unknown', 'solved']);
  });
});

describe('bad input', () => {
  const files = (): Record<string, string> => {
    const names = readdirSync(join(FIXTURES, TWO));
    return Object.fromEntries(
      names.map((name) => [`c/${name}`, readFileSync(join(FIXTURES, TWO, name), 'utf8')]),
    );
  };

  it.each(['acme__coder-1-1770005040.6.json', 'acme__coder-1-1770000000.6.json'])(
    '%s cut anywhere leaves the other files standing',
    async (name) => {
      const whole = files();
      const text = readFileSync(join(FIXTURES, TWO, name), 'utf8');
      for (let tenth = 0; tenth < 10; tenth++) {
        const cut = text.slice(0, Math.floor((text.length * tenth) / 10));
        const runs = await extractRuns(format, createMemoryReader({ ...whole, [`c/${name}`]: cut }), 'c');
        expect(runs.at(-1)?.steps.length).toBeGreaterThanOrEqual(4);
        expect(runs.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).toContain(
          cut === '' ? 'empty-file' : 'truncated-json',
        );
      }
    },
  );

  it.each([
    '{"messages": [{"role": "assistant", "tool_calls": [{}, 5, {"function": {"name": "x", "arguments": "{"}}]}], "response": 7}',
    '{"messages": [null, {"role": 5}, {"role": "tool", "tool_call_id": "nobody", "content": {"text": "hm"}}], "response": {"choices": [[]]}}',
    'version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 12\n',
    '[]',
  ])('%s does not throw', async (text) => {
    const memory = createMemoryReader({ 'c/m-1770000001.json': text, 'c/notes.txt': 'x' });
    const [run] = await extractRuns(format, memory, 'c');
    expect(run?.steps.length).toBeLessThanOrEqual(1);
    expect(run?.diagnostics.length).toBeGreaterThan(0);
  });
});
