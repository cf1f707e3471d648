import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectAiFormat as format } from '../../src/formats/inspect-ai/format.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Run } from '../../src/model/run.ts';
import { FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';
import { DELEGATING, EARLY, HEADER, LIMITED } from '../support/inspect-log.ts';
import { zipFiles } from '../support/zip-files.ts';

const json = (value: unknown): string => JSON.stringify(value);
const ARCHIVE = zipFiles({
  '_journal/start.json': json({ version: 2, eval: HEADER.eval, plan: HEADER.plan }),
  'samples/parser_epoch_1.json': json(DELEGATING),
  'samples/parser_epoch_2.json': json(LIMITED),
  'summaries.json': json([{}, {}, {}]),
  'header.json': json(HEADER),
});

async function read(files: Record<string, string | Uint8Array>, path: string): Promise<Run[]> {
  const runs = await extractRuns(format, createMemoryReader(files), path);
  for (const run of runs) expect(checkIntegrity(run)).toEqual([]);
  return runs;
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('missing');
  return value;
}

describe('an .eval archive', async () => {
  const runs = await read({ 'log.eval': ARCHIVE }, 'log.eval');
  const run = must(runs[0]);

  it('is one run per sample and epoch, named by both', () => {
    expect(runs.map(({ path }) => path)).toEqual(['log.eval#parser_epoch_1', 'log.eval#parser_epoch_2']);
    expect(run).toMatchObject({
      format: 'inspect-ai',
      formatVersion: '2 (0.3.200)',
      agent: { name: 'react' },
      model: 'acme/large',
      task: { id: 'mend/parser', text: DELEGATING.attachments.a1 },
      submission: { text: 'The parser is mended.' },
    });
  });

  it('joins calls and results by id and position, with what the sandbox knows', () => {
    expect(
      run.steps.map(({ id, turn, tool, action, observation, status, exitCode }) => [
        id,
        turn,
        tool,
        action,
        observation,
        status,
        exitCode,
      ]),
    ).toEqual([
      ['1', 1, 'bash', 'ls', 'parser.py\n', 'ok', 0],
      ['2', 1, 'reviewer', 'reviewer\ninput: Review parser.py', 'Line 3 is wrong.', 'ok', undefined],
      ['3', 2, 'bash', 'pytest', 'collected 1 item\nCommand timed out before completing.', 'timeout', 124],
    ]);
    expect(run.steps[0]).toMatchObject({
      parallelGroup: 1,
      thought: 'Two things can run at once.\n\nI look and delegate.',
      usage: { inputTokens: 150, cachedInputTokens: 50, outputTokens: 20 },
      actionRef: {
        artifact: 'log.eval/samples/parser_epoch_1.json',
        pointer: '/events/2/output/choices/0/message/tool_calls/0',
      },
      observationRef: { pointer: '/events/4' },
    });
    expect(run.steps[2]?.rawOutput).toContain('tests/test_parser.py');
  });

  it("makes a branch of the agent that a tool's call started", () => {
    expect(run.branches).toMatchObject([
      { parent: '2', name: 'reviewer', prompt: 'Review parser.py', finalMessage: 'Line 3 is wrong.' },
    ]);
    expect(run.branches[0]?.steps).toMatchObject([
      {
        id: '2.1',
        tool: 'read_file',
        thought: 'I read it.',
        observation: DELEGATING.attachments.a2,
        images: ['attachment://a3'],
      },
    ]);
  });

  it('keeps messages in place, failed attempts among them; scorers are no part of the conversation', () => {
    expect(
      run.messages.map(({ role, kind, text, before }) => [role, kind, text.slice(0, 20), before]),
    ).toEqual([
      ['system', 'prompt', 'You mend code.', '1'],
      ['user', 'prompt', 'Mend the parser in s', '1'],
      ['environment', 'notice', 'RateLimitError: slow', '3'],
      ['user', 'reply', 'Please go on.', undefined],
    ]);
    expect(run.finalMessage?.text).toBe('The parser is mended.');
    expect(run.usage).toEqual({ inputTokens: 750, cachedInputTokens: 250, outputTokens: 100 });
  });

  it("takes the scorers' values as the checker's word", () => {
    expect(run.outcome).toMatchObject({
      kind: 'solved',
      signals: [
        { source: 'tests', says: 'solved', score: 1, authority: 'checker', detail: 'C; answer: ok' },
        { source: 'style', says: 'unknown', score: 0.5 },
      ],
    });
  });

  it('tells limits, earlier attempts and lost samples', () => {
    expect(runs[1]).toMatchObject({
      outcome: { kind: 'failed' },
      exitStatus: 'time limit',
      exceptions: [{ kind: 'timeout', message: 'Exceeded the time limit of 60 seconds' }],
      steps: [{ status: 'pending', action: 'sleep 100' }],
      messages: [{ text: 'Mend it.' }, { text: 'the container did not start' }],
    });
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['missing-artifact']);
  });
});

describe('a .json log of the style before spans', async () => {
  const [nested, bare] = await read({ 'log.json': json(EARLY) }, 'log.json');

  it("reads the events inside a tool's event as the work of its agent", () => {
    expect(nested?.steps).toMatchObject([{ tool: 'counter', observation: 'There are 3.' }]);
    expect(nested?.branches).toMatchObject([
      {
        parent: '1',
        prompt: 'Count in .',
        steps: [{ id: '1.1', action: 'ls | wc -l', observation: '3\n', exitCode: 0 }],
      },
    ]);
    expect(nested?.branches[0]?.steps[0]?.actionRef.pointer).toBe(
      '/samples/0/events/2/events/0/output/choices/0/message/tool_calls/0',
    );
    expect(nested?.outcome.kind).toBe('failed');
  });

  it('keeps equal messages without ids apart, and leaves the grader out', () => {
    expect(nested?.messages.map(({ text }) => text)).toEqual(['Count the files.', 'Go on.', 'Go on.']);
    expect(nested?.finalMessage?.text).toBe('Three.\n\nThree files.');
  });

  it('reads the messages where there are no events, in order when ids come again', () => {
    expect(bare?.steps.map(({ action, observation }) => [action, observation])).toEqual([
      ['pwd', '/work\n'],
      ['id', 'root\n'],
    ]);
    expect(bare?.messages.map(({ text }) => text)).toEqual(['No events at all.', 'Go on.', 'Go on.']);
    expect(bare?.exceptions).toMatchObject([{ kind: 'api', place: { pointer: '/samples/1/error/message' } }]);
    expect(bare?.finalMessage?.text).toBe('Done.');
  });
});

describe('other shapes', () => {
  it('reads a sample that was taken out of its archive, with the header beside it', async () => {
    const files = { 'header.json': json(HEADER), 'samples/parser_epoch_1.json': json(DELEGATING) };
    const [run] = await read(files, 'samples/parser_epoch_1.json');
    expect(run).toMatchObject({ model: 'acme/large', steps: { length: 3 } });
    expect(run?.steps[0]?.actionRef.artifact).toBe('samples/parser_epoch_1.json');
  });

  it.each([
    ['lfs-pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n'],
    ['damaged-archive', ARCHIVE.subarray(0, 400)],
    ['empty-file', ''],
  ])('says %s of an .eval that is no archive', async (code, bytes) => {
    const [run] = await read({ 'log.eval': bytes }, 'log.eval');
    expect(run?.steps).toEqual([]);
    expect(run?.diagnostics.map((entry) => entry.code)).toContain(code);
  });

  it('says which sample of an archive is damaged and reads the others', async () => {
    const bytes = Buffer.from(ARCHIVE);
    const at = bytes.indexOf('samples/parser_epoch_1.json') + 60;
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    const runs = await read({ 'log.eval': bytes }, 'log.eval');
    expect(runs.map(({ steps }) => steps.length)).toEqual([0, 1]);
    expect(runs[0]?.diagnostics.map(({ code }) => code)).toContain('damaged-archive');
  });

  it('answers for logs without samples', async () => {
    const [run] = await read(
      { 'log.json': json({ ...HEADER, status: 'error', error: { message: 'no Docker' } }) },
      'log.json',
    );
    expect(run).toMatchObject({
      exitStatus: 'error',
      exceptions: [{ kind: 'harness', message: 'no Docker' }],
    });
  });

  it('keeps what is complete of a log that is cut at any tenth', async () => {
    const text = json(EARLY);
    for (let tenth = 1; tenth < 10; tenth++) {
      const [run] = await read({ 'log.json': text.slice(0, (text.length * tenth) / 10) }, 'log.json');
      expect(run?.diagnostics.length).toBeGreaterThan(0);
    }
  });

  it.each([
    ['unknown', json(EARLY)],
    ['unknown', json(LIMITED)],
  ])('is known by its content in a file called %s', async (name, text) => {
    const [first, second] = await scoreFormats(text, name);
    expect(first?.id).toBe('inspect-ai');
    expect(second?.score).toBeLessThan(0.5);
  });

  it('takes no other archive for a log', async () => {
    const other = zipFiles({ 'header.json': '{}', 'samples/one.json': '{}' });
    const started = zipFiles({ '_journal/start.json': json(HEADER) });
    const reader = createMemoryReader({ 'a.zip': other, 'b.zip': started, 'c.zip': ARCHIVE });
    const scores: number[] = [];
    for (const name of ['a.zip', 'b.zip', 'c.zip']) {
      const entry = must(await reader.stat(name));
      const head = (await reader.head(name)) ?? '';
      scores.push((await format.detect({ entry, reader, head, entries: [] })).score);
    }
    expect(scores).toEqual([0, 0.8, 0.97]);
  });

  it('reads the archive of the fixtures like the one made here', async () => {
    const bytes = readFileSync(join(FIXTURES, 'inspect-ai/archive/log.eval'));
    const runs = await read({ 'log.eval': bytes }, 'log.eval');
    expect(runs.map(({ steps }) => steps)).toEqual(
      (await read({ 'log.eval': ARCHIVE }, 'log.eval')).map(({ steps }) => steps),
    );
  });
});
