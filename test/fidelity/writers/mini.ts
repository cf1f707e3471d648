import type { RecordedStep } from '../recorder/recording.ts';
import { TASK, turnsOf, type Writer } from './artifact.ts';

const LIMIT = 10_000;
const PROMPT = `<pr_description>\nConsider the following PR description:\n${TASK}\n</pr_description>`;
const TEMPLATE = '<pr_description>\nConsider the following PR description:\n{{task}}\n</pr_description>';
const SUBMIT = 'echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT';
const TOO_LONG = '\n<warning>\nThe output of your last command was too long.\n</warning>';

/** mini-SWE-agent 1: one fence per message; the output stands between tags as it was printed. */
export const miniV1: Writer = ({ name, steps }) => {
  const messages: unknown[] = [
    { role: 'system', content: 'You act through one bash block per answer.' },
    { role: 'user', content: PROMPT },
  ];
  for (const [index, { done }] of steps.entries()) {
    const text = `THOUGHT: Deed ${index + 1}.\n\n\`\`\`bash\n${done.command ?? ''}\n\`\`\``;
    messages.push({ role: 'assistant', content: text });
    messages.push({
      role: 'user',
      content: done.timedOut
        ? killed(done)
        : `<returncode>${done.exitCode}</returncode>${shown(done.output)}`,
    });
  }
  messages.push({ role: 'assistant', content: `THOUGHT: Done.\n\n\`\`\`bash\n${SUBMIT}\n\`\`\`` });
  messages.push({ role: 'user', content: '' });
  const info = {
    exit_status: 'Submitted',
    submission: '',
    model_stats: { instance_cost: 0.1, api_calls: steps.length },
    mini_version: '1.15.0',
    config: { agent: { instance_template: TEMPLATE }, environment: { cwd: '/app' } },
  };
  const document = { info, messages, trajectory_format: 'mini-swe-agent-1', instance_id: name };
  return { files: { 'run.traj.json': JSON.stringify(document, undefined, 2) }, path: 'run.traj.json' };
};

/** Its environments let Python decode what was printed as text, which makes every kind of line end a plain newline. */
function decoded(output: string): string {
  return output.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}

function killed({ command, output }: RecordedStep['done']): string {
  return `The last command <command>${command}</command> timed out and has been killed.\nThe output of the command was:\n <output>\n${decoded(output)}\n</output>\nPlease try another command and make sure to avoid those requiring interactive input.`;
}

function shown(printed: string): string {
  const output = decoded(printed);
  if (output.length < LIMIT) return `\n<output>\n${output}</output>`;
  const half = LIMIT / 2;
  return `${TOO_LONG}<output_head>\n${output.slice(0, half)}\n</output_head>\n<elided_chars>\n${output.length - LIMIT} characters elided\n</elided_chars>\n<output_tail>\n${output.slice(-half)}\n</output_tail>`;
}

/** mini-SWE-agent 2: tool calls, and the raw output beside what was shown. */
export const miniV2: Writer = ({ name, steps }) => {
  const messages: unknown[] = [
    { role: 'system', content: 'You act through the bash tool.' },
    { role: 'user', content: PROMPT },
  ];
  let index = 0;
  for (const turn of turnsOf(steps)) {
    const calls = turn.map(({ done }) => ({ id: `call_${index++}`, command: done.command ?? '' }));
    messages.push({
      role: 'assistant',
      content: `Deed ${index}.`,
      tool_calls: calls.map(({ id, command }) => ({
        id,
        type: 'function',
        function: { name: 'bash', arguments: JSON.stringify({ command }) },
      })),
      extra: {
        actions: calls.map(({ id, command }) => ({ command, tool_call_id: id })),
        cost: 0.01,
        timestamp: 1_767_600_000 + index,
      },
    });
    for (const [place, { done }] of turn.entries()) {
      const late = done.timedOut
        ? `An error occurred while executing the command: Command '${done.command}' timed out after 60 seconds`
        : '';
      const head = late === '' ? '' : `<exception>${late}</exception>\n`;
      const code = done.timedOut ? -1 : done.exitCode;
      messages.push({
        role: 'tool',
        tool_call_id: calls[place]?.id,
        content: `${head}<returncode>${code}</returncode>${shown(done.output)}`,
        extra: {
          raw_output: decoded(done.output),
          returncode: code,
          timestamp: 1_767_600_001 + index,
          exception_info: late,
        },
      });
    }
  }
  const id = 'call_submit';
  messages.push({
    role: 'assistant',
    content: 'Done.',
    tool_calls: [
      { id, type: 'function', function: { name: 'bash', arguments: JSON.stringify({ command: SUBMIT }) } },
    ],
    extra: { actions: [{ command: SUBMIT, tool_call_id: id }], cost: 0.01 },
  });
  messages.push({ role: 'exit', content: '', extra: { exit_status: 'Submitted', submission: '' } });
  const info = {
    model_stats: { instance_cost: 0.1, api_calls: steps.length },
    config: { agent: { instance_template: TEMPLATE }, environment: { cwd: '/app' } },
    mini_version: '2.2.7',
    exit_status: 'Submitted',
    submission: '',
  };
  const document = { info, messages, trajectory_format: 'mini-swe-agent-1.1', instance_id: name };
  return { files: { 'run.traj.json': JSON.stringify(document, undefined, 2) }, path: 'run.traj.json' };
};
