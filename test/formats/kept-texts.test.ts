import { describe, expect, it } from 'vitest';
import type { Format } from '../../src/formats/format.ts';
import { miniSweAgentFormat } from '../../src/formats/mini-swe-agent/format.ts';
import { openhandsEventsFormat } from '../../src/formats/openhands-events/format.ts';
import { openhandsSdkFormat } from '../../src/formats/openhands-sdk/format.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { extractRuns } from '../support/extract-one.ts';

async function read(format: Format, name: string, text: string): Promise<Run> {
  const [run] = await extractRuns(format, createMemoryReader({ [name]: text }), name);
  if (!run) throw new Error('no run');
  return run;
}

/** Texts that the conformance report found to be lost once. */
describe('texts that stand beside what an event is about', () => {
  it('are kept of mini-SWE-agent: the traceback of what ended the run', async () => {
    const traceback = 'Traceback (most recent call last):\n  File "run.py", line 3, in call';
    const document = {
      trajectory_format: 'mini-swe-agent-1.1',
      info: { exit_status: 'TimeoutError', exception_str: 'too slow', traceback },
      messages: [
        { role: 'user', content: 'Mend it.' },
        { role: 'exit', content: 'too slow', extra: { exit_status: 'TimeoutError', traceback } },
      ],
    };
    const run = await read(miniSweAgentFormat, 'a.traj.json', JSON.stringify(document));
    const kept = run.messages.filter(({ text }) => text === traceback);
    expect(kept).toMatchObject([
      { kind: 'notice', place: { artifact: 'a.traj.json', pointer: '/messages/1/extra/traceback' } },
    ]);
  });

  it('are kept of OpenHands: what was recalled', async () => {
    const events = [
      { id: 1, source: 'user', action: 'message', args: { content: 'Mend it.' }, message: 'Mend it.' },
      { id: 2, source: 'user', action: 'recall', args: { query: 'Mend it.' }, message: 'Recalling' },
      {
        id: 3,
        source: 'environment',
        observation: 'recall',
        cause: 2,
        content: 'Added workspace context',
        extras: {
          repo_instructions: 'Run the tests first.',
          microagent_knowledge: [{ name: 'git', content: 'Never push to main.' }],
        },
      },
    ];
    const run = await read(openhandsEventsFormat, 'a.json', JSON.stringify(events));
    expect(run.steps).toMatchObject([
      { tool: 'recall', rawOutput: 'Run the tests first.\n\nNever push to main.' },
    ]);
  });

  it('are kept of the OpenHands SDK: how the model sums up its action', async () => {
    const event = {
      kind: 'ActionEvent',
      id: 'e1',
      source: 'agent',
      tool_name: 'terminal',
      tool_call_id: 'c1',
      action: { kind: 'TerminalAction', command: 'ls' },
      summary: 'look for the task',
    };
    const run = await read(openhandsSdkFormat, 'events.jsonl', `${JSON.stringify(event)}\n`);
    expect(run.steps).toMatchObject([
      { action: 'ls', args: { command: 'ls', summary: 'look for the task' } },
    ]);
  });
});
