import type { Format } from '../format.ts';
import { SPANS_LEAVE_OUT } from '../otlp/leaves-out.ts';
import { detectOpenInference } from './detect.ts';
import { extractOpenInference } from './extract.ts';

export const openInferenceFormat: Format = {
  id: 'openinference',
  title: 'OpenInference traces of agents (OTLP JSON and JSON Lines, Phoenix exports)',
  units: ['file'],
  answers: {
    task: 'sometimes',
    outcome: 'never',
    tests: 'never',
    thoughts: 'sometimes',
    tokens: 'sometimes',
    cost: 'sometimes',
    time: 'always',
    'exit-status': 'sometimes',
    'file-content': 'sometimes',
    'working-directory': 'never',
    model: 'sometimes',
    'parallel-calls': 'sometimes',
    'sub-agents': 'sometimes',
  },
  leavesOut: SPANS_LEAVE_OUT,
  detect: detectOpenInference,
  extract: extractOpenInference,
};
