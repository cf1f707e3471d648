import type { Format } from '../format.ts';
import { SPANS_LEAVE_OUT } from '../otlp/leaves-out.ts';
import { detectGenai } from './detect.ts';
import { extractGenai } from './extract.ts';

export const otlpGenaiFormat: Format = {
  id: 'otlp-genai',
  title: 'OpenTelemetry traces of agents, GenAI semantic conventions (OTLP JSON and JSON Lines, SDK exports)',
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
  detect: detectGenai,
  extract: extractGenai,
};
