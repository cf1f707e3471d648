import { quote } from '../hands/bare-hands.ts';
import type { RecordedStep } from '../recorder/recording.ts';
import { cutMiddle, TASK, type Writer, withoutLastNewline } from './artifact.ts';

const LIMIT = 100_000;

/** SWE-agent 1: the action as a command line, the directory after it, structured arguments in the history alone. */
export const sweAgent: Writer = ({ name, steps }) => {
  const trajectory = steps.map(({ done, truth }, index) => ({
    action: actionOf(done),
    observation: shown(done),
    response: `Deed ${index + 1}.`,
    thought: `Deed ${index + 1}.`,
    execution_time: 0.1,
    state: { working_dir: truth.cwd, open_file: 'n/a' },
  }));
  const history: unknown[] = [
    { role: 'system', content: 'SETTING: tools.', agent: 'primary', message_type: 'system_prompt' },
    {
      role: 'user',
      content: `We're currently solving the following issue within our repository. Here's the issue text:\nISSUE:\n${TASK}\n\nINSTRUCTIONS:\nGo on.\n(Open file: n/a)\n(Current directory: /app)\nbash-$`,
      agent: 'primary',
      message_type: 'observation',
    },
  ];
  for (const [index, { done }] of steps.entries()) {
    const id = `call_${index}`;
    history.push({
      role: 'assistant',
      content: `Deed ${index + 1}.`,
      thought: `Deed ${index + 1}.`,
      action: actionOf(done),
      agent: 'primary',
      message_type: 'action',
      tool_calls: [
        { id, type: 'function', function: { name: done.tool, arguments: JSON.stringify(done.args) } },
      ],
    });
    history.push({ role: 'tool', content: shown(done), agent: 'primary', tool_call_ids: [id] });
  }
  const document = {
    environment: 'main',
    trajectory,
    history,
    info: {
      submission: '',
      exit_status: 'submitted',
      swe_agent_version: '1.1.0',
      model_stats: { instance_cost: 0.1, tokens_sent: 1, tokens_received: 1, api_calls: steps.length },
    },
  };
  return { files: { [`${name}.traj`]: JSON.stringify(document, undefined, 2) }, path: `${name}.traj` };
};

function actionOf({ tool, args, command }: RecordedStep['done']): string {
  if (command !== undefined) return command;
  const { command: verb, path, ...rest } = args;
  const flags = Object.entries(rest).map(
    ([key, value]) => ` --${key} ${Array.isArray(value) ? value.join(' ') : quote(String(value))}`,
  );
  return `${tool} ${String(verb)} ${quote(String(path))}${flags.join('')}`;
}

function shown({ output, timedOut, command }: RecordedStep['done']): string {
  if (timedOut)
    return `The command '${command}' was cancelled because it took more than 1 seconds. Please try a different command that completes more quickly.`;
  return cutMiddle(
    withoutLastNewline(output),
    LIMIT,
    (left) =>
      `\n<response clipped>\n<NOTE>Observations should not exceeded ${LIMIT} characters. ${left.length} characters were elided.</NOTE>\n`,
  );
}
