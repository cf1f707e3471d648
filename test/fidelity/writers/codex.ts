import type { JsonObject } from '../../../src/base/json.ts';
import type { RecordedStep } from '../recorder/recording.ts';
import { TASK, timeOf, turnsOf, type Writer } from './artifact.ts';

const LINES = 256;

/** A Codex rollout: items of the model's answers and their outputs, with a head of exit code and time. */
export const codexRollout: Writer = ({ steps }) => {
  const lines: string[] = [];
  const add = (type: string, payload: JsonObject): void => {
    lines.push(JSON.stringify({ timestamp: timeOf(lines.length), type, payload }));
  };
  add('session_meta', {
    id: '0aa1b2c3-1111-7000-8000-00000000a001',
    timestamp: timeOf(0),
    cwd: '/app',
    originator: 'codex_cli_rs',
    cli_version: '0.99.0',
    source: 'cli',
  });
  add('turn_context', {
    cwd: '/app',
    approval_policy: 'never',
    sandbox_policy: { type: 'danger-full-access' },
    model: 'gpt-lamp',
    summary: 'auto',
  });
  add('response_item', { type: 'message', role: 'user', content: [{ type: 'input_text', text: TASK }] });
  let count = 0;
  for (const turn of turnsOf(steps)) {
    const named = turn.map((step) => ({ step, id: `call_${count++}` }));
    for (const { step, id } of named) add('response_item', callOf(step, id));
    for (const { step, id } of named) {
      const type = step.done.command === undefined ? 'custom_tool_call_output' : 'function_call_output';
      add('response_item', { type, call_id: id, output: outputOf(step) });
    }
  }
  return {
    files: { 'rollout-2026-01-05T10-00-00-0aa1b2c3-1111-7000-8000-00000000a001.jsonl': lines.join('\n') },
    path: 'rollout-2026-01-05T10-00-00-0aa1b2c3-1111-7000-8000-00000000a001.jsonl',
  };
};

function callOf({ done }: RecordedStep, id: string): JsonObject {
  if (done.command === undefined)
    return {
      type: 'custom_tool_call',
      status: 'completed',
      call_id: id,
      name: 'apply_patch',
      input: done.args['input'],
    };
  const args = JSON.stringify({ command: ['bash', '-lc', done.command], workdir: '/app' });
  return { type: 'function_call', name: 'shell', arguments: args, call_id: id };
}

function outputOf({ done }: RecordedStep): string {
  if (done.command === undefined)
    return done.failed
      ? done.output
      : JSON.stringify({ output: done.output, metadata: { exit_code: 0, duration_seconds: 0.1 } });
  if (done.timedOut)
    return `Exit code: 124\nWall time: 10.0 seconds\nOutput:\ncommand timed out after 10000 milliseconds\n${done.output}`;
  const lines = done.output.split('\n');
  if (lines.length <= LINES)
    return `Exit code: ${done.exitCode}\nWall time: 0.1 seconds\nOutput:\n${done.output}`;
  const half = LINES / 2;
  const middle = `[... omitted ${lines.length - LINES} of ${lines.length} lines ...]`;
  const text = [...lines.slice(0, half), middle, ...lines.slice(-half)].join('\n');
  return `Exit code: ${done.exitCode}\nWall time: 0.1 seconds\nTotal output lines: ${lines.length}\nOutput:\n\n${text}`;
}
