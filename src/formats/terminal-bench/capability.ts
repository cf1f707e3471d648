import type { Format } from '../format.ts';

/** What a Terminal-Bench trial without a log of its agent can answer, what is left out of it on purpose, and what its records must hold. */
export const terminalBenchCapability: Required<Pick<Format, 'answers' | 'leavesOut'>> = {
  answers: {
    task: 'always',
    outcome: 'always',
    tests: 'always',
    thoughts: 'never',
    tokens: 'sometimes',
    cost: 'never',
    time: 'sometimes',
    'exit-status': 'never',
    'file-content': 'never',
    'working-directory': 'never',
    model: 'sometimes',
    'parallel-calls': 'never',
    'sub-agents': 'never',
  },
  leavesOut: [
    {
      path: 'line',
      why: 'what the terminal showed; without a log of the agent there are no steps to give it to',
    },
  ],
};
