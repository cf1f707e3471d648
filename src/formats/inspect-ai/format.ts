import type { Format } from '../format.ts';
import { detectInspect } from './detect.ts';
import { extractInspect } from './extract.ts';
import { LEFT_OUT } from './left-out.ts';

export const inspectAiFormat: Format = {
  id: 'inspect-ai',
  title: 'Inspect: `.eval` archives and `.json` logs, one run per sample and epoch',
  units: ['file'],
  answers: {
    task: 'always',
    outcome: 'sometimes',
    tests: 'never',
    thoughts: 'always',
    tokens: 'sometimes',
    cost: 'sometimes',
    time: 'sometimes',
    'exit-status': 'sometimes',
    'file-content': 'sometimes',
    'working-directory': 'never',
    model: 'always',
    'parallel-calls': 'sometimes',
    'sub-agents': 'sometimes',
  },
  leavesOut: LEFT_OUT,
  detect: detectInspect,
  extract: extractInspect,
};
