import { expandTabs } from '../hands/text-tools.ts';
import type { RecordedStep } from '../recorder/recording.ts';
import { type Artifact, TASK, timeOf, turnsOf, type Writer } from './artifact.ts';

const COLUMNS = 160;
const LIMIT = 10_000;
const HEAD = `You solve tasks in a terminal. Answer with JSON.\n\nTask Description:\n${TASK}\n\nCurrent terminal state:\nCurrent Terminal Screen:\n`;

interface Episode {
  readonly answer: { readonly analysis: string; readonly plan: string; readonly commands: readonly Keys[] };
  readonly screen: string;
}

interface Keys {
  readonly keystrokes: string;
  readonly duration: number;
}

/** What is typed in each turn and what the terminal then shows. */
function episodesOf(steps: readonly RecordedStep[]): Episode[] {
  return turnsOf(steps).map((turn, index) => ({
    answer: {
      analysis: `Turn ${index + 1}.`,
      plan: 'Go on.',
      commands: turn.map(({ done }) => ({ keystrokes: `${done.command ?? ''}\n`, duration: 0.1 })),
    },
    screen: `New Terminal Output:\n\n${limit(turn.map(screenOf).join('') + promptAt(turn.at(-1)?.truth.cwd ?? '/app'))}`,
  }));
}

/** The command as typed behind the prompt, then its output, as a terminal of 160 columns without scrolling shows it. */
function screenOf({ done, cwd }: RecordedStep): string {
  const [first = '', ...more] = (done.command ?? '').split('\n');
  const typed = [promptAt(cwd) + first, ...more.map((line) => `> ${line}`)].join('\n');
  // What ends without a newline has the prompt behind it.
  return fold(`${typed}\n${done.output}`);
}

function promptAt(cwd: string): string {
  return `root@box:${cwd.replace(/^\/root(?=\/|$)/, '~')}# `;
}

function fold(text: string): string {
  return expandTabs(text.replaceAll('\r', ''))
    .split('\n')
    .map(
      (line) =>
        line
          .match(new RegExp(`.{1,${COLUMNS}}`, 'gu'))
          ?.map((part) => part.trimEnd())
          .join('\n') ?? '',
    )
    .join('\n');
}

function limit(screen: string): string {
  if (screen.length <= LIMIT) return screen;
  const left = screen.length - LIMIT;
  const half = LIMIT / 2;
  return `${screen.slice(0, half)}\n[... output limited to ${LIMIT} bytes; ${left} interior bytes omitted ...]\n${screen.slice(-half)}`;
}

/** Terminus 2 as Harbor writes it: ATIF, one observation for all keystrokes of a turn. */
export const terminusAtif: Writer = ({ steps }) => {
  const episodes = episodesOf(steps);
  const agentSteps = episodes.map(({ answer, screen }, index) => ({
    step_id: index + 2,
    timestamp: timeOf(index),
    source: 'agent',
    model_name: 'acme/small',
    message: `Analysis: ${answer.analysis}\nPlan: ${answer.plan}`,
    tool_calls: answer.commands.map((keys, place) => ({
      tool_call_id: `call_${index}_${place + 1}`,
      function_name: 'bash_command',
      arguments: keys,
    })),
    observation: { results: [{ content: screen }] },
    metrics: { prompt_tokens: 10, completion_tokens: 10, cached_tokens: 0, cost_usd: 0.01 },
  }));
  const document = {
    schema_version: 'ATIF-v1.5',
    session_id: 's-1',
    agent: { name: 'terminus-2', version: '2.0.0', model_name: 'acme/small' },
    steps: [{ step_id: 1, source: 'user', message: `${HEAD}${promptAt('/app')}` }, ...agentSteps],
    final_metrics: { total_prompt_tokens: 10, total_completion_tokens: 10, total_cost_usd: 0.1 },
  };
  return { files: { 'trajectory.json': JSON.stringify(document, undefined, 2) }, path: 'trajectory.json' };
};

/** Terminus 2 as Terminal-Bench keeps it: a folder per episode, the terminal's answer in the next prompt. */
export const terminusEpisodes: Writer = ({ steps }): Artifact => {
  const files: Record<string, string> = {};
  let prompt = `${HEAD}${promptAt('/app')}`;
  for (const [index, { answer, screen }] of episodesOf(steps).entries()) {
    files[`agent-logs/episode-${index}/prompt.txt`] = prompt;
    files[`agent-logs/episode-${index}/response.txt`] = JSON.stringify(
      { ...answer, task_complete: false },
      undefined,
      2,
    );
    prompt = screen;
  }
  return { files, path: 'agent-logs' };
};
