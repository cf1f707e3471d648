import type { Format } from '../format.ts';
import { detectAider } from './detect.ts';
import { extractAider } from './extract.ts';

export const aiderFormat: Format = {
  id: 'aider',
  title: 'aider chat history',
  units: ['file'],
  answers: {
    task: 'always',
    outcome: 'never',
    tests: 'sometimes',
    thoughts: 'always',
    tokens: 'sometimes',
    cost: 'sometimes',
    time: 'sometimes',
    'exit-status': 'never',
    'file-content': 'sometimes',
    'working-directory': 'sometimes',
    model: 'sometimes',
    'parallel-calls': 'always',
    'sub-agents': 'never',
  },
  leavesOut: [],
  detect: detectAider,
  extract: extractAider,
};
