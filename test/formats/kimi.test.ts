import { describe, expect, it } from 'vitest';
import { kimiFormat as format } from '../../src/formats/kimi/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const id = '2f6c1d3a-0000-4000-8000-00000000000a';
const reader = await openDiskReader(`${FIXTURES}/kimi`);

async function open(path: string): Promise<Run> {
  const [run] = await extractRuns(format, reader, path);
  if (!run) throw new Error('no run');
  return run;
}

async function openLines(...lines: readonly unknown[]): Promise<Run> {
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  const [run] = await extractRuns(format, createMemoryReader({ 's.jsonl': text }), 's.jsonl');
  if (!run) throw new Error('no run');
  return run;
}

describe('a context file of Kimi CLI', async () => {
  const run = await open(`context/${id}.jsonl`);

  it('has a step per call; the tools’ own notes tell how it ended', () => {
    expect(run.steps.map((step) => [step.tool, step.action, step.status, step.exitCode])).toEqual([
      ['ReadContext', 'ReadContext\ndescription: Find the greeting.', 'ok', undefined],
      ['Bash', 'python greet.py', 'error', 2],
      ['StrReplaceFile', expect.stringContaining('old: Hello'), 'ok', undefined],
      ['Bash', 'pytest', 'rejected', undefined],
    ]);
    expect(run.steps[1]?.observation).toBe(
      "<system>Command failed with exit code: 2.</system>\ncan't open file",
    );
    expect(run.steps[0]?.thought).toBe('Where is the greeting?\n\nI gather context.');
    expect(run.finalMessage?.text).toBe('It greets in French now.');
  });

  it('reads the sub-agent’s file under the call whose result names it', () => {
    expect(run.branches).toMatchObject([
      { parent: '1', name: 'ReadContext', prompt: 'Objective: Find the greeting.' },
    ]);
    expect(run.branches[0]?.steps.map((step) => [step.id, step.observation, step.status])).toEqual([
      ['1.1', '/w/greet.py:1:print("Hello")', 'unknown'],
    ]);
    expect(run.branches[0]?.finalMessage).toBe('It stands in greet.py.');
  });

  it('takes the tokens of each answer from the counts around it', () => {
    expect(run.steps.map(({ usage }) => usage)).toEqual([
      { inputTokens: 100, outputTokens: 30 },
      { inputTokens: 180, outputTokens: 20 },
      undefined,
      { inputTokens: 260, outputTokens: 10 },
    ]);
    // The last answer has no call; the sub-agent's two answers count too.
    expect(run.usage).toEqual({
      inputTokens: 100 + 180 + 260 + 300 + 40 + 60,
      outputTokens: 30 + 20 + 10 + 10 + 10 + 6,
    });
  });

  it('keeps the prompts and tells reminders from them', () => {
    expect(run.messages.map(({ role, kind, before }) => [role, kind, before])).toEqual([
      ['system', 'prompt', '1'],
      ['user', 'prompt', '1'],
      ['environment', 'notice', '4'],
    ]);
    expect(run.task?.text).toBe('Greet in French.');
  });

  it('is what the sub-agent’s file is read with', async () => {
    const sub = await reader.stat(`context/${id}_read_1.jsonl`);
    const own = await reader.stat(`context/${id}.jsonl`);
    expect(sub && (await format.partOf?.(sub, reader))).toBe(`context/${id}.jsonl`);
    expect(own && (await format.partOf?.(own, reader))).toBeUndefined();
  });
});

describe('a wire file of Kimi CLI', async () => {
  const main = 'wire/agents/main/wire.jsonl';
  const run = await open(main);

  it('has a step per call, with times, and what the user did not allow', () => {
    expect(run.steps.map((step) => [step.tool, step.status, step.exitCode, step.turn])).toEqual([
      ['Agent', 'ok', undefined, 1],
      ['Bash', 'error', 1, 1],
      ['Write', 'rejected', undefined, 2],
      ['Read', 'ok', undefined, 3],
    ]);
    const [first] = run.steps;
    expect((first?.endedAt ?? 0) - (first?.startedAt ?? 0)).toBe(2000);
    expect(run.steps[3]?.observation).toBe('1\tNotes\n<system>1 lines read from file.</system>');
    expect(first?.thought).toBe('A sub-agent can do that.\n\nI ask a helper.');
  });

  it('reads the sub-agent’s file, which the call’s result names', () => {
    expect(run.branches.map(({ parent, name, finalMessage }) => [parent, name, finalMessage])).toEqual([
      ['1', 'explore', '12 lines.'],
    ]);
    expect(run.branches[0]?.steps.map(({ tool }) => tool)).toEqual(['Glob']);
    expect(run.branches[0]?.prompt).toBe('Count the lines in notes/.');
  });

  it('keeps each prompt once, though it is written again when it enters the context', () => {
    expect(run.messages.map(({ role, kind, text }) => `${role} ${kind}: ${text}`)).toEqual([
      'system prompt: You are a coding agent.',
      'user prompt: Count the lines of the notes.',
      'environment notice: <system-reminder>No list of tasks yet.</system-reminder>',
      'user prompt: stop writing',
      'environment compaction: Twelve lines were counted.',
      'environment compaction: What follows is a summary: Twelve lines.',
      'user prompt: thanks',
      'user interruption: the user cancelled the turn',
    ]);
  });

  it('counts usage once, with what the compaction took and the sub-agent spent', () => {
    expect(run.usage?.inputTokens).toBe(250 + 310 + 305 + 100 + 7 + 8);
    expect(run.usage?.outputTokens).toBe(20 + 10 + 5 + 30 + 3 + 2);
  });

  it('knows the directory from the session’s state, and the service’s silence at the end', () => {
    expect(run).toMatchObject({ model: 'coder-k', initialCwd: '/w', formatVersion: '1.4' });
    expect(run.exceptions).toMatchObject([{ kind: 'api', quote: '2/10' }]);
    expect(run.artifacts.map(({ path, use }) => [path, use])).toEqual([
      [main, 'steps'],
      ['wire/agents/agent-0/wire.jsonl', 'steps'],
      ['wire/state.json', 'enrichment'],
    ]);
  });

  it('is what the sub-agent’s wire file is read with', async () => {
    const sub = await reader.stat('wire/agents/agent-0/wire.jsonl');
    const own = await reader.stat(main);
    expect(sub && (await format.partOf?.(sub, reader))).toBe(main);
    expect(own && (await format.partOf?.(own, reader))).toBeUndefined();
  });

  it('leaves no agent out that no call names, and reads all of a swarm', async () => {
    const event = (e: object): string =>
      JSON.stringify({ type: 'context.append_loop_event', event: e, time: 1 });
    const meta = '{"type":"metadata","protocol_version":"1.4","created_at":1}';
    const wire = (...events: object[]): string => [meta, ...events.map(event)].join('\n');
    const glob = { type: 'tool.call', toolCallId: 'g', name: 'Glob', args: { pattern: '*' } };
    const memory = createMemoryReader({
      'agents/main/wire.jsonl': wire(
        { type: 'tool.call', toolCallId: 'a', name: 'AgentSwarm', args: {} },
        {
          type: 'tool.result',
          toolCallId: 'a',
          result: { output: '- agent_id: agent-0\n- agent_id: agent-1' },
        },
      ),
      'agents/agent-0/wire.jsonl': wire(glob),
      'agents/agent-1/wire.jsonl': wire(glob, glob),
      'agents/agent-2/wire.jsonl': wire(glob),
    });
    const [swarm] = await extractRuns(format, memory, 'agents/main/wire.jsonl');
    expect(
      swarm?.branches.map(({ parent, name, steps }) => [parent, name, steps.map((step) => step.id)]),
    ).toEqual([
      ['1', 'AgentSwarm', ['1.1']],
      ['1', 'AgentSwarm', ['1.2', '1.3']],
      [undefined, 'agent-2', ['orphan.1']],
    ]);
    expect(swarm?.diagnostics.map(({ code }) => code)).toContain('orphan-subagent');
  });

  it('says when the sub-agent’s file is not there', async () => {
    const text = (await reader.text(main))?.text ?? '';
    const [alone] = await extractRuns(format, createMemoryReader({ 'wire.jsonl': text }), 'wire.jsonl');
    expect(alone?.branches).toEqual([]);
    expect(alone?.diagnostics.map(({ code }) => code)).toContain('missing-artifact');
  });
});

describe('hostile files of Kimi CLI', () => {
  it('lose no text to odd shapes', async () => {
    const run = await openLines(
      { role: '_checkpoint', id: 0 },
      {
        role: 'assistant',
        content: [{ type: 'image' }],
        tool_calls: [{}, { function: { name: 'X', arguments: '{bad' } }],
      },
      { role: 'tool', tool_call_id: 'nobody', content: 'a stray answer' },
      { role: 'tool', content: 'of the first' },
      { role: 'prophet', content: 'x' },
      { role: '_usage', token_count: 'many' },
    );
    expect(run.steps.map(({ tool, action, observation }) => [tool, action, observation])).toEqual([
      ['unknown', 'unknown', 'of the first'],
      ['X', 'X\nraw: {bad', undefined],
    ]);
    expect(run.messages.map(({ text }) => text)).toEqual(['a stray answer']);
    expect(run.usage).toBeUndefined();
  });

  it('take no file outside of the session for a sub-agent', async () => {
    const event = (e: object): object => ({ type: 'context.append_loop_event', event: e, time: 1 });
    const run = await openLines(
      { type: 'metadata', protocol_version: '1.4', created_at: 1 },
      event({ type: 'tool.call', toolCallId: 'a', name: 'Agent', args: { prompt: 'x' } }),
      event({ type: 'tool.result', toolCallId: 'a', result: { output: 'agent_id: ../../etc\n' } }),
    );
    expect(run.steps).toHaveLength(1);
    expect(run.artifacts.map(({ path }) => path)).toEqual(['s.jsonl']);
  });

  it.each([`kimi/context/${id}.jsonl`, 'kimi/wire/agents/main/wire.jsonl'])(
    '%s survives any cut',
    async (path) => {
      const counts = (await extractCuts(format, path)).map(({ steps }) => steps.length);
      expect(counts).toHaveLength(10);
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
    },
  );

  it('are told from plain conversations, which have no marks', async () => {
    const plain = ['user', 'assistant'].map((role) => JSON.stringify({ role, content: 'hi' })).join('\n');
    expect((await scoreFormats(plain, 'x.jsonl')).find(({ id: one }) => one === 'kimi')?.score).toBe(0);
  });
});
