import type { ScriptedTurn } from './agent-script.ts';
import { type CommandResult, WORKDIR } from './workspace.ts';

/** When recordings begin: a constant, so that recording again changes nothing but measured durations in outputs. */
const START = Date.UTC(2026, 0, 5, 9, 0, 0) / 1000;
const SUBMIT = 'COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT';

const SYSTEM = 'You solve programming tasks by running commands in a shell.';
const INSTANCE = `<pr_description>
{{task}}
</pr_description>

<instructions>
Change the source files in ${WORKDIR} so that the problem in the description is solved. Do not change the tests.
Every reply holds your thought and at least one call of the bash tool. Every command runs in a new shell in ${WORKDIR}.
When you are done, write the change of the source files to patch.txt and look at it. Then submit it, as a command of its own:
echo ${SUBMIT} && cat patch.txt
</instructions>`;

/**
 * Writes messages the way mini-SWE-agent 2 does (trajectory format 1.1) when its model is a script: no response of a
 * provider, no tokens, no cost.
 */
export class Trajectory {
  readonly #id: string;
  readonly #messages: object[];
  #time = START;
  #turns = 0;
  #submission: string | undefined;

  constructor(id: string, task: string) {
    this.#id = id;
    this.#messages = [
      { role: 'system', content: SYSTEM },
      { role: 'user', content: INSTANCE.replace('{{task}}', () => task.trimEnd()) },
    ];
  }

  /** What was handed in, once the submitting command succeeded. */
  get submission(): string | undefined {
    return this.#submission;
  }

  add(turn: ScriptedTurn, result: CommandResult): void {
    const call = `call_${String(++this.#turns).padStart(2, '0')}`;
    this.#time += 4;
    this.#messages.push({
      role: 'assistant',
      content: turn.thought,
      tool_calls: [
        {
          function: { arguments: JSON.stringify({ command: turn.command }), name: 'bash' },
          id: call,
          type: 'function',
        },
      ],
      extra: {
        actions: [{ command: turn.command, tool_call_id: call }],
        cost: 0,
        timestamp: this.#time,
      },
    });
    const lines = result.output.split('\n');
    if (result.returncode === 0 && lines[0] === SUBMIT) {
      this.#submission = lines.slice(1).join('\n');
      this.#messages.push({
        role: 'exit',
        content: this.#submission,
        extra: { exit_status: 'Submitted', submission: this.#submission },
      });
      return;
    }
    this.#time += 1;
    this.#messages.push({
      content: `<returncode>${result.returncode}</returncode>\n<output>\n${result.output}</output>`,
      extra: {
        raw_output: result.output,
        returncode: result.returncode,
        timestamp: this.#time,
        exception_info: '',
      },
      tool_call_id: call,
      role: 'tool',
    });
  }

  toJSON(): object {
    return {
      info: {
        model_stats: { instance_cost: 0, api_calls: this.#turns },
        config: {
          agent: {
            system_template: SYSTEM,
            instance_template: INSTANCE,
            step_limit: 0,
            cost_limit: 3,
            output_path: null,
          },
          agent_type: 'minisweagent.agents.default.DefaultAgent',
          model: { model_name: 'deterministic', cost_per_call: 0 },
          model_type: 'minisweagent.models.test_models.DeterministicToolcallModel',
          environment: { cwd: WORKDIR, env: { PAGER: 'cat' }, timeout: 60 },
          environment_type: 'minisweagent.environments.local.LocalEnvironment',
        },
        mini_version: '2.2.7',
        exit_status: this.#submission === undefined ? '' : 'Submitted',
        submission: this.#submission ?? '',
      },
      messages: this.#messages,
      trajectory_format: 'mini-swe-agent-1.1',
      instance_id: this.#id,
    };
  }
}
