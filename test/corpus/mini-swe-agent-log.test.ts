import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stripAnsi } from '../../src/base/text.ts';
import { miniSweAgentFormat } from '../../src/formats/mini-swe-agent/format.ts';
import { miniSweAgentLogFormat } from '../../src/formats/mini-swe-agent-log/format.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { CORPUS, hasCorpus, readTruth } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';

interface RawMessage {
  readonly role: string;
  readonly content: string;
  readonly tool_calls?: readonly { readonly function: { readonly arguments: string } }[];
}

function readMessages(document: unknown): RawMessage[] {
  return (Array.isArray(document) ? document : (document as { messages: unknown }).messages) as RawMessage[];
}

/** No log is in the corpus, so trajectories are printed as the agent prints its messages while it runs. */
function printAsLog(messages: readonly RawMessage[]): string {
  const lines: string[] = ['root@box:/testbed# mini --yolo'];
  let calls = 0;
  for (const { role, content, tool_calls = [] } of messages) {
    const name = `${role.charAt(0).toUpperCase()}${role.slice(1)}:`;
    if (role === 'assistant') {
      lines.push('─'.repeat(80), '', `mini-swe-agent (step ${++calls}, $${(calls / 100).toFixed(2)}):`);
    } else lines.push('', name);
    const commands = tool_calls.map(
      (call) => `\`\`\`\n${(JSON.parse(call.function.arguments) as { command: string }).command}\n\`\`\``,
    );
    lines.push([content, ...commands].filter((text) => text !== '').join('\n\n'));
  }
  lines.push("Saved trajectory to 'mini.traj.json'", 'root@box:/testbed# exit', '');
  return lines.join('\n').replaceAll('\r\n', '\n');
}

async function read(format: typeof miniSweAgentFormat, name: string, text: string): Promise<Run> {
  const [run] = await extractRuns(format, createMemoryReader({ [name]: text }), name);
  if (!run) throw new Error(`${name}: no run`);
  return run;
}

/** A log keeps no white space at the ends of messages, and no escape sequences or carriage returns. */
const plain = (text: string | undefined) =>
  text &&
  stripAnsi(text)
    .replaceAll('\r', '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();

const rows = readTruth().filter((row) => row.format === 'mini-swe-agent' && row.steps > 0);

describe.runIf(hasCorpus)('logs of the trajectories of the corpus', () => {
  it.each(rows)('$path: the log gives the same $steps steps', async ({ path, steps }) => {
    const text = readFileSync(join(CORPUS, path), 'utf8');
    const messages = readMessages(JSON.parse(text));
    const log = await read(miniSweAgentLogFormat, 'agent.log', printAsLog(messages));
    const whole = await read(miniSweAgentFormat, 'mini.traj.json', text);
    expect(log.steps).toHaveLength(steps);
    expect(log.steps.map((step) => plain(step.action))).toEqual(
      whole.steps.map((step) => plain(step.action)),
    );
    expect(log.steps.map((step) => [plain(step.observation), step.exitCode])).toEqual(
      whole.steps.map((step) => [plain(step.observation), step.exitCode]),
    );
    expect(log.steps.map((step) => step.status)).toEqual(whole.steps.map((step) => step.status));
    // What was changed after the run is in no log.
    expect(plain(log.submission?.text)).toBe(whole.submission && plain(messages.at(-1)?.content));
  });
});
