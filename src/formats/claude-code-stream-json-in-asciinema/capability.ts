import { streamCapability } from '../claude-code-stream-json/capability.ts';
import type { Format } from '../format.ts';

/** What a recording of the stream of Claude Code can answer; the recording knows when each record was printed, and the prompt that was typed. */
export const castCapability: Required<Pick<Format, 'answers' | 'leavesOut' | 'needs'>> = {
  ...streamCapability,
  answers: {
    ...streamCapability.answers,
    task: 'always',
    time: 'always',
    tokens: 'sometimes',
  },
  leavesOut: [
    ...streamCapability.leavesOut,
    {
      path: 'line',
      why: 'what the terminal printed besides the records: the installation, prompts of the shell',
    },
    { path: 'typed', why: 'commands of the harness; the prompt of the agent is read from them' },
  ],
};
