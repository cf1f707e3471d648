import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { otlpGenaiFormat } from '../../src/formats/otlp-genai/format.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const text = (path: string): string => readFileSync(join(FIXTURES, 'otlp-genai', path), 'utf8');

async function readText(content: string, name = 'spans.jsonl'): Promise<Run[]> {
  return extractRuns(otlpGenaiFormat, createMemoryReader({ [name]: content }), name);
}

async function readOnly(path: string): Promise<Run> {
  const [run, second] = await readText(text(path), path.split('/').at(-1));
  if (!run || second) throw new Error('expected one run');
  return run;
}

const outline = (run: Run): unknown[] =>
  run.steps.map(({ id, turn, tool, action, observation, status }) => [
    id,
    turn,
    tool,
    action,
    observation,
    status,
  ]);

describe('spans with GenAI attributes', () => {
  it('joins answers, tools and later questions to steps that count once', async () => {
    const run = await readOnly('attributes/trace.json');
    expect(outline(run)).toEqual([
      ['1', 1, 'bash', 'cat src/dates.py', 'def parse(s):\n    return s[:10]\n', 'ok'],
      ['2', 1, 'bash', 'pytest -q', '1 failed, 3 passed', 'ok'],
      [
        '3',
        2,
        'ask_reviewer',
        'ask_reviewer\nquestion: Which format is wanted?',
        'ISO 8601 with offset.',
        'ok',
      ],
      [
        '4',
        3,
        'edit_file',
        'edit_file\npath: src/dates.py\nold: s[:10]\nnew: s',
        'error: file is read-only',
        'error',
      ],
    ]);
    expect(run.steps[1]?.rawOutput).toBe('F...\n1 failed, 3 passed');
    expect(run.steps[0]?.thought).toBe(
      'Two reads can run at once.\n\nI will look at the parser and its tests.',
    );
    expect(run.finalMessage?.text).toBe('I could not write the file.');
    expect(run.task?.text).toBe('The date parser drops the timezone. Fix it.');
    expect(run.agent).toEqual({ name: 'Fixer' });
    expect(run.usage).toMatchObject({ inputTokens: 880, outputTokens: 71, cachedInputTokens: 550 });
    expect(run.messages.map(({ role, text }) => [role, text])).toEqual([
      ['system', 'You repair programs.'],
      ['user', 'The date parser drops the timezone. Fix it.'],
    ]);
  });

  it('hangs a sub-agent below the call that started it', async () => {
    const run = await readOnly('attributes/trace.json');
    expect(run.branches).toMatchObject([
      {
        parent: '3',
        name: 'Reviewer',
        prompt: 'Which format is wanted?',
        finalMessage: 'ISO 8601 with offset.',
      },
    ]);
    expect(run.branches[0]?.steps.map(({ id, tool, observation }) => [id, tool, observation])).toEqual([
      ['3.1', 'grep', 'docs/spec.md: ISO 8601 with offset'],
    ]);
  });

  it('puts batches in order and reads a call whose id is used again', async () => {
    const runs = await readText(text('batches/spans.jsonl'));
    expect(runs.map((run) => outline(run))).toEqual([
      [
        ['1', 1, 'bash', 'ls', 'Makefile', 'unknown'],
        ['2', 2, 'bash', 'make', 'ok: built', 'unknown'],
      ],
      [
        ['1', 1, 'bash', 'true', '', 'ok'],
        ['2', 2, 'bash', 'bash', undefined, 'error'],
      ],
    ]);
    const codes = runs[0]?.diagnostics.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['reused-call-id', 'duplicate-record', 'unexpected-shape']));
    expect(runs[1]?.steps[1]?.rawOutput).toBe('killed');
  });

  it('gives the same runs whatever the order of the spans', async () => {
    const lines = text('batches/spans.jsonl').trimEnd().split('\n');
    const whole = (await readText(lines.join('\n'))).map((run) => outline(run));
    const turned = (await readText(lines.toReversed().join('\n'))).map((run) => outline(run));
    expect(new Set(turned.map((run) => JSON.stringify(run)))).toEqual(
      new Set(whole.map((run) => JSON.stringify(run))),
    );
  });

  it('reads events of one message each', async () => {
    const run = await readOnly('events/spans.jsonl');
    expect(outline(run)).toEqual([['1', 1, 'run_shell_command', 'git status', 'nothing to commit', 'ok']]);
    expect(run.steps[0]?.thought).toBe('Checking.');
    expect(run.finalMessage?.text).toBe('It is clean.');
  });

  it('counts nothing twice when the conversation says the same thing again', async () => {
    const chat = (id: string, second: number, input: unknown, output: unknown): string =>
      JSON.stringify({
        traceId: 'ab'.repeat(16),
        spanId: id.repeat(16),
        name: 'chat',
        startTimeUnixNano: `178000000${second}000000000`,
        attributes: [
          { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
          { key: 'gen_ai.input.messages', value: { stringValue: JSON.stringify(input) } },
          { key: 'gen_ai.output.messages', value: { stringValue: JSON.stringify(output) } },
        ],
      });
    const user = (content: string): unknown => ({ role: 'user', parts: [{ type: 'text', content }] });
    const say = (content: string): unknown => ({ role: 'assistant', parts: [{ type: 'text', content }] });
    const spans = [
      chat('1', 1, [user('go on')], [say('yes')]),
      chat('2', 2, [user('go on'), say('yes'), user('go on')], [say('yes')]),
    ];
    const [run] = await readText(spans.join('\n'));
    expect(run?.messages.map(({ text: said }) => said)).toEqual(['go on', 'go on']);
    expect(run?.finalMessage?.text).toBe('yes\n\nyes');
  });

  it('loses no soundness where the file is cut', async () => {
    for (const path of ['attributes/trace.json', 'batches/spans.jsonl', 'events/spans.jsonl']) {
      for (const run of await extractCuts(otlpGenaiFormat, `otlp-genai/${path}`)) {
        expect(checkIntegrity(run)).toEqual([]);
        expect(run.diagnostics.length).toBeGreaterThan(0);
      }
    }
  });

  it('survives spans that are their own ancestors', async () => {
    const span = (spanId: string, parentSpanId: string): string =>
      JSON.stringify({
        traceId: '1f'.repeat(16),
        spanId,
        parentSpanId,
        name: 'execute_tool ls',
        attributes: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'ls' },
      });
    const runs = await readText([span('a', 'b'), span('b', 'a'), span('c', 'c')].join('\n'));
    for (const run of runs) expect(checkIntegrity(run)).toEqual([]);
    expect(runs.length).toBeGreaterThan(0);
  });

  it('is chosen over other formats by content', async () => {
    for (const path of ['attributes/trace.json', 'batches/spans.jsonl', 'events/spans.jsonl']) {
      const [best, next] = await scoreFormats(text(path), 'unknown');
      expect(best?.id).toBe('otlp-genai');
      expect(next?.score).toBeLessThan(0.5);
    }
  });
});
