import type { Format } from '../format.ts';
import { detectRepairAgent } from './detect.ts';
import { extractRepairAgent } from './extract.ts';

export const repairAgentFormat: Format = {
  id: 'repairagent',
  title: 'RepairAgent prompt history or cycle logs',
  units: ['file', 'directory'],
  answers: {
    task: 'always',
    outcome: 'never',
    tests: 'sometimes',
    thoughts: 'sometimes',
    tokens: 'never',
    cost: 'never',
    time: 'sometimes',
    'exit-status': 'never',
    'file-content': 'sometimes',
    'working-directory': 'never',
    model: 'never',
    'parallel-calls': 'never',
    'sub-agents': 'never',
  },
  leavesOut: [],
  detect: detectRepairAgent,
  extract: extractRepairAgent,
};
