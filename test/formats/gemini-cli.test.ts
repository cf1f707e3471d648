import { describe, expect, it } from 'vitest';
import { geminiCliFormat as format } from '../../src/formats/gemini-cli/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const reader = await openDiskReader(FIXTURES);
const CHAT = 'gemini-cli/chat/session-2026-03-01T08-00-c0ffee01.json';
const LINES = 'gemini-cli/lines/session-2026-03-01T08-00-c0ffee02.jsonl';
const HELPER = 'gemini-cli/lines/c0ffee02-0000-4000-8000-000000000002/helper-c0ffee02-1.jsonl';
const CHECKPOINT = 'gemini-cli/checkpoint/checkpoint-shelf.json';
const STREAM = 'gemini-cli/stream/output.jsonl';

async function one(path: string): Promise<Run> {
  const [run] = await extractRuns(format, reader, path);
  if (!run) throw new Error(`${path}: no run`);
  return run;
}

async function fromText(text: string): Promise<Run> {
  const [run] = await extractRuns(format, createMemoryReader({ f: text }), 'f');
  if (!run) throw new Error('no run');
  return run;
}

const outline = ({ steps }: Run): unknown[] =>
  steps.map(({ tool, status, exitCode, observation, turn }) => [
    tool,
    status,
    exitCode,
    observation?.split('\n', 1)[0],
    turn,
  ]);

describe('a recorded chat', () => {
  it('has a step per call, with what the model was told', async () => {
    expect(outline(await one(CHAT))).toEqual([
      ['list_directory', 'ok', undefined, 'a.txt', 1],
      ['read_file', 'error', undefined, 'File not found: /srv/shelf/rules.md', 1],
      ['run_shell_command', 'error', 1, 'Command: sort -o a.txt a.txt && false', 2],
      ['write_file', 'rejected', undefined, '[Operation Cancelled] Reason: User did not allow tool call', 3],
      ['run_shell_command', 'pending', undefined, undefined, 3],
    ]);
  });

  it('keeps thoughts, messages, times and usage', async () => {
    const run = await one(CHAT);
    expect(run.steps[0]).toMatchObject({
      thought: 'Order\nThe rules may name an order.\n\nI look at the shelf and its rules.',
      parallelGroup: 1,
      usage: { inputTokens: 100, cachedInputTokens: 10, outputTokens: 25, reasoningTokens: 5 },
      startedAt: Date.parse('2026-03-01T08:00:05.000Z'),
      endedAt: Date.parse('2026-03-01T08:00:06.000Z'),
      actionRef: { pointer: '/messages/1/toolCalls/0' },
    });
    expect(run.messages.map(({ role, kind, text }) => `${role} ${kind}: ${text}`)).toEqual([
      'user prompt: Sort the shelf by title.',
      'user interruption: Request cancelled.',
      'user prompt: Only tell me what is there.',
      'environment notice: [image: inline image/png]',
      'environment notice: API error: quota exceeded',
    ]);
    expect(run).toMatchObject({
      model: 'gemini-shelf',
      finalMessage: { text: 'Two books: a and b.' },
      exceptions: [{ kind: 'api', message: 'API error: quota exceeded' }],
      usage: { inputTokens: 400, outputTokens: 47 },
    });
  });
});

describe('a chat written as lines', () => {
  it('counts a message that was written again once, and keeps what was taken back', async () => {
    const run = await one(LINES);
    expect(outline(run)).toEqual([
      ['read_file', 'ok', undefined, 'a', 1],
      ['codebase_investigator', 'ok', undefined, 'It is in index.txt.', 1],
      ['run_shell_command', 'ok', undefined, 'Output: (empty)', 3],
    ]);
    expect(run.finalMessage?.text).toBe('As you wish.');
    expect(run.task?.text).toBe('Where is the index?');
    expect(run.messages.map(({ role, kind }) => `${role} ${kind}`)).toEqual([
      'environment notice',
      'user prompt',
      'user prompt',
      'environment compaction',
      'user prompt',
    ]);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['rewound-history', 'compacted-history']);
  });

  it('is read with its sub-agents', async () => {
    const run = await one(LINES);
    expect(run.branches).toMatchObject([
      {
        parent: '2',
        prompt: 'Find the index.',
        finalMessage: 'It is in index.txt.',
        steps: [{ id: '2.1', tool: 'glob' }],
      },
    ]);
    expect(run.usage?.inputTokens).toBe(260 + 61);
    const entry = await reader.stat(HELPER);
    expect(entry && (await format.partOf?.(entry, reader))).toBe(LINES);
    const own = await reader.stat(LINES);
    expect(own && (await format.partOf?.(own, reader))).toBeUndefined();
  });
});

describe('a checkpoint', () => {
  it('joins responses by id, and without one by order', async () => {
    const run = await one(CHECKPOINT);
    expect(outline(run)).toEqual([
      ['glob', 'ok', undefined, '<tool_output_masked>', 2],
      ['run_shell_command', 'ok', undefined, 'Output: 2', 2],
      ['lookup', 'ok', undefined, 'results:', 3],
    ]);
    expect(run.steps[0]?.thought).toBe('Got it.\n\n**Counting** Two ways at once.');
    expect(run.messages.at(-1)?.text).toBe('an answer to what was compressed away');
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['elided-output', 'unpaired-result']);
  });

  it('may stand under history', async () => {
    const contents = [
      { role: 'user', parts: [{ text: 'Count.' }] },
      { role: 'model', parts: [{ functionCall: { name: 'ls', args: {} } }] },
    ];
    const run = await fromText(JSON.stringify({ scenario: 1, history: contents }));
    expect(run.steps).toMatchObject([
      { tool: 'ls', status: 'pending', actionRef: { pointer: '/history/1/parts/0' } },
    ]);
    expect(run.task?.text).toBe('Count.');
  });
});

describe('a stream', () => {
  it('joins pieces of text, and calls with results', async () => {
    const run = await one(STREAM);
    expect(outline(run)).toEqual([
      ['glob', 'ok', undefined, 'a.txt', 1],
      ['run_shell_command', 'error', undefined, 'it failed', 1],
    ]);
    expect(run.steps[0]?.thought).toBe('I count.');
    expect(run).toMatchObject({
      model: 'gemini-shelf',
      exitStatus: 'success',
      finalMessage: { text: 'Two.' },
      usage: { inputTokens: 300, cachedInputTokens: 100, outputTokens: 30 },
    });
  });
});

describe('detection', () => {
  it.each([
    [
      '[{"sessionId":"s","messageId":0,"type":"user","message":"Hello","timestamp":"2026-01-01T00:00:00Z"}]',
      'logs.json',
    ],
    ['{"method":"generateContentStream","response":[{"candidates":[]}]}\n', 'x.responses'],
    ['{"type":"system","subtype":"init","session_id":"s","model":"m"}\n', 's.jsonl'],
    ['{"a":{"messages":[{"id":"1","type":"user"}]},"sessionId":"s","projectHash":"h"}', 'nested.json'],
  ])('refuses %s', async (text, name) => {
    const scores = await scoreFormats(text, name);
    expect(scores.find(({ id }) => id === 'gemini-cli')?.score).toBeLessThan(0.5);
  });

  it('knows a checkpoint whose first element is longer than what it sees', async () => {
    const long = JSON.stringify([{ role: 'user', parts: [{ text: 'x'.repeat(70_000) }] }]);
    expect((await scoreFormats(long, 'c.json'))[0]).toMatchObject({ id: 'gemini-cli', score: 0.85 });
  });
});

describe('bad input', () => {
  it.each([CHAT, LINES, CHECKPOINT, STREAM])(
    '%s cut anywhere does not throw, and never gains a step',
    async (path) => {
      const counts = (await extractCuts(format, path)).map(({ steps }) => steps.length);
      expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    },
  );

  it.each([
    '{"sessionId":"s","projectHash":"h","messages":[1,{"id":"a","type":"gemini","toolCalls":[7,{}],"thoughts":[null],"tokens":"x"}]}',
    '{"id":"a","type":"user","content":{"functionResponse":7}}\n{"$set":7}\n{"$rewindTo":"a"}',
    '[{"role":"model","parts":[null,5,{"functionCall":"x"}]},{"role":"user"}]',
    '{"type":"console","sessionId":"s","payload":{"content":"{not json"}}\n{"type":"tool_result","tool_id":"t","status":"error"}',
  ])('%s does not throw', async (text) => {
    expect((await fromText(text)).steps.length).toBeLessThanOrEqual(1);
  });
});
