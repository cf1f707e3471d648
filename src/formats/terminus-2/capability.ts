import type { Format } from '../format.ts';

/** What a folder of episodes of Terminus 2 can answer, what is left out of it on purpose, and what its records must hold. */
export const terminus2Capability: Required<Pick<Format, 'answers' | 'leavesOut'>> = {
  answers: {
    task: 'always',
    outcome: 'beside',
    tests: 'beside',
    thoughts: 'sometimes',
    tokens: 'sometimes',
    cost: 'sometimes',
    time: 'sometimes',
    'exit-status': 'never',
    'file-content': 'sometimes',
    'working-directory': 'never',
    model: 'sometimes',
    'parallel-calls': 'always',
    'sub-agents': 'never',
  },
  leavesOut: [],
};
