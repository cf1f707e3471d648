import { describe, expect, it } from 'vitest';
import { cursorFormat as format } from '../../src/formats/cursor/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const reader = await openDiskReader(FIXTURES);
const FOLDER = 'cursor/session/5e5e5e5e-1111-4222-8333-000000000001';
const SESSION = `${FOLDER}/5e5e5e5e-1111-4222-8333-000000000001.jsonl`;
const HELPER = `${FOLDER}/subagents/5e5e5e5e-1111-4222-8333-00000000000a.jsonl`;
const RESULTS = 'cursor/results/transcript.jsonl';

async function one(path: string): Promise<Run> {
  const [run] = await extractRuns(format, reader, path);
  if (!run) throw new Error(`${path}: no run`);
  return run;
}

describe('a transcript', () => {
  it('has a step per call; what followed tells that it ran', async () => {
    const { steps } = await one(SESSION);
    expect(
      steps.map(({ tool, action, status, turn }) => [tool, action.split('\n')[0], status, turn]),
    ).toEqual([
      ['Read', 'Read', 'unknown', 1],
      ['Grep', 'Grep', 'unknown', 1],
      ['Task', 'Task', 'unknown', 2],
      ['Task', 'Task', 'unknown', 2],
      ['Shell', 'drain --slowly', 'unknown', 3],
      ['Shell', 'drain --rest', 'pending', 4],
    ]);
    expect(steps[0]?.thought).toBe('The plug is at the bottom.\n\nI read and search at once.');
  });

  it('tells the user’s words from what stands around them', async () => {
    const run = await one(SESSION);
    expect(run.messages.map(({ role, kind, text }) => `${role} ${kind}: ${text}`)).toEqual([
      'environment notice: <open_files>\npond.md\n</open_files>',
      'user prompt: Drain the pond.',
      'environment notice: [image: inline image/png]',
      'user prompt: Mind the frogs.',
    ]);
    expect(run.task?.text).toBe('Drain the pond.');
  });

  it('joins sub-agents by their prompt, not by their order', async () => {
    const run = await one(SESSION);
    expect(run.branches).toMatchObject([
      { parent: '4', prompt: 'Dig on the right.', steps: [{ id: '4.1', action: 'dig right' }] },
      { parent: '3', name: 'digger', prompt: 'Dig on the left.', steps: [{ id: '3.1', action: 'dig left' }] },
    ]);
    const entry = await reader.stat(HELPER);
    expect(entry && (await format.partOf?.(entry, reader))).toBe(SESSION);
    const own = await reader.stat(SESSION);
    expect(own && (await format.partOf?.(own, reader))).toBeUndefined();
  });

  it('joins results in order where there are any', async () => {
    const run = await one(RESULTS);
    expect(run.steps.map(({ observation, status }) => [observation, status])).toEqual([
      ['green\nbrown', 'unknown'],
      ['no such file', 'error'],
    ]);
    expect(run.messages.at(-1)?.text).toBe('a late croak');
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['unpaired-result']);
  });
});

describe('detection', () => {
  it('refuses the database, and lines of other tools', async () => {
    const database = await scoreFormats('SQLite format 3\u0000 CREATE TABLE blobs (id TEXT)', 'store.db');
    expect(database[0]).toMatchObject({ id: 'cursor', score: 0.2 });
    const claude =
      '{"type":"user","uuid":"u","sessionId":"s","role":"user","message":{"role":"user","content":"hi"}}\n';
    expect((await scoreFormats(claude, 'x.jsonl')).find(({ id }) => id === 'cursor')?.score).toBe(0);
  });
});

describe('bad input', () => {
  it.each([SESSION, RESULTS])('%s cut anywhere does not throw, and never gains a step', async (path) => {
    const counts = (await extractCuts(format, path)).map(({ steps }) => steps.length);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it.each([
    '{"role":"assistant","message":{"content":[1,null,{"type":"tool_use","input":"x"}]}}',
    '{"role":"user","message":[]}\n{"role":"user","message":{"content":{"a":1}}}\n{"type":"turn_ended"}',
    '{"role":"user","message":{"content":"<user_query>no end"}}\n{"role":"user","message":{"content":[{"type":"tool_result"}]}}',
  ])('%s does not throw', async (text) => {
    const [run] = await extractRuns(format, createMemoryReader({ f: text }), 'f');
    expect(run?.steps.length).toBeLessThanOrEqual(1);
  });
});
