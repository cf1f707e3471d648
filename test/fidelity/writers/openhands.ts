import type { JsonObject } from '../../../src/base/json.ts';
import type { RecordedStep } from '../recorder/recording.ts';
import { cutMiddle, TASK, turnsOf, type Writer } from './artifact.ts';

const LIMIT = 30_000;

/** OpenHands: a list of events, an action and its observation by `cause`; edits with the content before and after. */
export const openHands: Writer = ({ steps }) => {
  const events: JsonObject[] = [];
  const add = (event: JsonObject): number => {
    const id = events.length;
    events.push({
      id,
      timestamp: `2026-01-05T10:00:${String(id % 60).padStart(2, '0')}.000000`,
      message: '',
      ...event,
    });
    return id;
  };
  add({ source: 'agent', action: 'system', args: { content: 'You mend calculators.', tools: [] } });
  add({ source: 'user', action: 'message', args: { content: TASK, image_urls: null } });
  let calls = 0;
  for (const [index, turn] of turnsOf(steps).entries()) {
    const named = turn.map((step) => ({ step, call: `c${calls++}` }));
    const response = {
      id: `r${index}`,
      model: 'acme/coder-1',
      choices: [
        {
          message: {
            role: 'assistant',
            content: `Turn ${index + 1}.`,
            tool_calls: named.map(({ step, call }) => ({
              id: call,
              type: 'function',
              function: { name: step.done.tool, arguments: JSON.stringify(step.done.args) },
            })),
          },
        },
      ],
    };
    for (const { step, call } of named) {
      const metadata = {
        function_name: step.done.tool,
        tool_call_id: call,
        model_response: response,
        total_calls_in_response: named.length,
      };
      const cause = add({ source: 'agent', tool_call_metadata: metadata, ...actionOf(step) });
      add({ source: 'agent', tool_call_metadata: metadata, cause, ...observationOf(step) });
    }
  }
  return { files: { 'events.json': JSON.stringify(events) }, path: 'events.json' };
};

function actionOf({ done }: RecordedStep): JsonObject {
  const { command, args } = done;
  if (command !== undefined)
    return { action: 'run', args: { command, is_input: false, thought: '', blocking: false, hidden: false } };
  if (args['command'] === 'view')
    return {
      action: 'read',
      args: { path: args['path'], start: 0, end: -1, thought: '', impl_source: 'oh_aci' },
    };
  return { action: 'edit', args: { ...args, thought: '', impl_source: 'oh_aci' } };
}

function observationOf({ done, truth }: RecordedStep): JsonObject {
  const { args, command, output } = done;
  if (command !== undefined) {
    const code = done.timedOut ? -1 : (done.exitCode ?? -1);
    const note = done.timedOut
      ? `\n[The command has no new output after 30 seconds. You may wait longer to see additional output by sending empty command '']`
      : `\n[The command completed with exit code ${code}.]`;
    const content = cutMiddle(
      output.trimEnd(),
      LIMIT,
      () => '\n[... Observation truncated due to length ...]\n',
    );
    return {
      observation: 'run',
      content,
      extras: {
        command,
        metadata: { exit_code: code, pid: -1, working_dir: truth.cwd, prefix: '', suffix: note },
        hidden: false,
      },
      success: code === 0,
    };
  }
  const path = args['path'];
  if (args['command'] === 'view')
    return { observation: 'read', content: output, extras: { path, impl_source: 'oh_aci' } };
  return {
    observation: 'edit',
    content: output,
    extras: {
      path,
      prev_exist: done.before !== undefined,
      old_content: done.failed ? (args['old_str'] ?? null) : (done.before ?? null),
      new_content: done.failed ? (args['new_str'] ?? null) : (done.after ?? null),
      impl_source: 'oh_aci',
      diff: null,
    },
  };
}
