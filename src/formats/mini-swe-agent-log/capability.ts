import type { Format } from '../format.ts';

/** What a printed log of mini-SWE-agent can answer, what is left out of it on purpose, and what its records must hold. */
export const miniLogCapability: Required<Pick<Format, 'answers' | 'leavesOut'>> = {
  answers: {
    task: 'always',
    outcome: 'never',
    tests: 'never',
    thoughts: 'sometimes',
    tokens: 'never',
    cost: 'sometimes',
    time: 'never',
    'exit-status': 'always',
    'file-content': 'sometimes',
    'working-directory': 'never',
    model: 'sometimes',
    'parallel-calls': 'sometimes',
    'sub-agents': 'never',
  },
  leavesOut: [],
};
