import { describe, expect, it } from 'vitest';
import type { RunId } from '../../model/ids.ts';
import { checkIntegrity } from '../../model/integrity.ts';
import type { Run } from '../../model/run.ts';
import { readSample } from './read-sample.ts';

type Event = Readonly<Record<string, unknown>>;

const model = (content: unknown, calls: readonly object[] = [], more: Event = {}): Event => ({
  event: 'model',
  input: [],
  output: { choices: [{ message: { role: 'assistant', content, tool_calls: calls } }] },
  ...more,
});
const call = (id: string, name: string): Event => ({ id, function: name, arguments: { x: id } });
const tool = (id: string, name: string, result: unknown, more: Event = {}): Event => ({
  event: 'tool',
  id,
  function: name,
  arguments: { x: id },
  result,
  ...more,
});
const span = (id: string, parent: string | undefined, type: string, name: string): Event => ({
  event: 'span_begin',
  id,
  parent_id: parent,
  type,
  name,
});

async function read(events: readonly Event[], more: Event = {}): Promise<Run> {
  const sample = { id: 1, epoch: 1, input: 'Do it.', messages: [], ...more };
  const run = await readSample(
    {
      path: 'log.json#1',
      sample,
      artifact: 'log.json',
      base: '/samples/0',
      elements: (key) => (key === 'events' ? [events.map((value, index) => ({ index, value }))] : []),
    },
    {},
  );
  const built = run.build('test' as RunId);
  expect(checkIntegrity(built)).toEqual([]);
  return built;
}

describe('conversations of a sample', () => {
  it('follows the agent that a tool event names, wherever its span hangs', async () => {
    const run = await read([
      span('main', undefined, 'agent', 'lead'),
      model('I hand over.', [call('a', 'transfer_to_tester')], { span_id: 'main' }),
      tool('a', 'transfer_to_tester', 'handed over', { span_id: 'main', agent_span_id: 'sub' }),
      span('sub', 'main', 'agent', 'tester'),
      model('I test.', [call('b', 'bash')], { span_id: 'sub' }),
      tool('b', 'bash', 'ok', { span_id: 'sub' }),
      model('All done.', [], { span_id: 'main' }),
    ]);
    expect(run.steps.map(({ tool: name }) => name)).toEqual(['transfer_to_tester']);
    expect(run.branches).toMatchObject([
      { parent: '1', name: 'tester', steps: [{ id: '1.1', observation: 'ok' }] },
    ]);
    expect(run.finalMessage?.text).toBe('All done.');
  });

  it('makes a branch of the models that a tool asks by itself, also when its event stands in its own span', async () => {
    const run = await read([
      model('I search.', [call('a', 'web_search')]),
      span('t', undefined, 'tool', 'web_search'),
      tool('a', 'web_search', 'found', { span_id: 't' }),
      model('Summary of the pages.', [], { span_id: 't' }),
    ]);
    expect(run.steps).toMatchObject([{ tool: 'web_search', observation: 'found' }]);
    expect(run.branches).toMatchObject([
      { parent: '1', name: 'web_search', finalMessage: 'Summary of the pages.' },
    ]);
  });

  it('gives parallel calls of one tool their own spans', async () => {
    const run = await read([
      model('Both.', [call('a', 'ask'), call('b', 'ask')]),
      span('t1', '', 'tool', 'ask'),
      tool('a', 'ask', 'A'),
      span('t2', '', 'tool', 'ask'),
      tool('b', 'ask', 'B'),
      span('g2', 't2', 'agent', 'second'),
      model('answer of the second', [], { span_id: 'g2' }),
      span('g1', 't1', 'agent', 'first'),
      model('answer of the first', [], { span_id: 'g1' }),
    ]);
    expect(run.branches.map(({ parent, name, finalMessage }) => [parent, name, finalMessage])).toEqual([
      ['2', 'second', 'answer of the second'],
      ['1', 'first', 'answer of the first'],
    ]);
  });
});

describe('events of a sample', () => {
  it('makes a step of a tool that no model asked for, and of one that the service ran', async () => {
    const served = {
      type: 'tool_use',
      tool_type: 'web_search',
      id: 's',
      name: 'web_search',
      arguments: '{"q":"x"}',
      result: 'hits',
    };
    const run = await read([
      tool('z', 'setup', 'ready'),
      model([{ type: 'text', text: 'I looked it up.' }, served]),
    ]);
    expect(run.steps).toMatchObject([
      { tool: 'setup', turn: 1, observation: 'ready' },
      { tool: 'web_search', turn: 2, args: { q: 'x' }, observation: 'hits', thought: 'I looked it up.' },
    ]);
  });

  it('tells how tools failed, and what waits', async () => {
    const error = (type: string): Event => ({ error: { type, message: `${type}!` } });
    const run = await read([
      model(
        '',
        ['a', 'b', 'c', 'd'].map((id) => call(id, 'bash')),
      ),
      tool('a', 'bash', '', error('approval')),
      tool('b', 'bash', '', error('permission')),
      tool('c', 'bash', undefined, { pending: true }),
      tool('d', 'bash', 'half', { failed: true }),
      { event: 'approval', decision: 'reject', approver: 'human', explanation: 'not here' },
      { event: 'approval', decision: 'approve', approver: 'auto' },
    ]);
    expect(run.steps.map(({ status, observation }) => [status, observation])).toEqual([
      ['rejected', 'approval!'],
      ['error', 'permission!'],
      ['pending', undefined],
      ['error', 'half'],
    ]);
    expect(run.messages.map(({ text }) => text)).toEqual(['approval: reject, human, not here']);
  });

  it('shows what the model saw where the tool gave more', async () => {
    const seen = { id: 'm', role: 'tool', tool_call_id: 'a', content: 'first lines …' };
    const run = await read([
      model('', [call('a', 'bash')]),
      tool('a', 'bash', 'first lines and all the others'),
      model('Enough.', [], { input: [seen] }),
    ]);
    expect(run.steps).toMatchObject([
      { observation: 'first lines …', rawOutput: 'first lines and all the others' },
    ]);
  });

  it('keeps redacted reasoning out, its summary in, and reports dangling references and unknown events', async () => {
    const run = await read([
      model([
        { type: 'reasoning', reasoning: 'gAAAAcipher', redacted: true, summary: 'I compare two ways.' },
        { type: 'text', text: 'attachment://gone' },
      ]),
      { event: 'telepathy' },
      { event: 'compaction', type: 'summary' },
    ]);
    expect(run.finalMessage?.text).toBe('I compare two ways.\n\nattachment://gone');
    expect(run.messages).toMatchObject([{ kind: 'compaction' }]);
    expect(run.diagnostics.map(({ code }) => code)).toEqual([
      'unknown-record',
      'missing-artifact',
      'no-steps',
    ]);
  });
});
