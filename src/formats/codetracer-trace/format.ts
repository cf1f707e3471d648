import type { Format } from '../format.ts';
import { detectTrace } from './detect.ts';
import { extractTrace } from './extract.ts';
import { partOfOutput } from './part-of-output.ts';

export const codetracerTraceFormat: Format = {
  id: 'codetracer-trace',
  title: 'CodeTracer’s own trace.json',
  units: ['file'],
  answers: {
    task: 'sometimes',
    outcome: 'sometimes',
    tests: 'sometimes',
    thoughts: 'sometimes',
    tokens: 'sometimes',
    cost: 'sometimes',
    time: 'sometimes',
    'exit-status': 'sometimes',
    'file-content': 'sometimes',
    'working-directory': 'sometimes',
    model: 'sometimes',
    'parallel-calls': 'sometimes',
    'sub-agents': 'sometimes',
  },
  leavesOut: [
    { path: 'tree.**', why: 'derived from the run; it is derived anew' },
    { path: 'report.**', why: 'derived from the run; it is derived anew' },
    {
      path: 'run.diagnostics.**',
      why: 'what we said of the artifact; kept as diagnostics, which are not its words',
    },
    { path: 'schema', why: 'read as version' },
  ],
  detect: detectTrace,
  extract: extractTrace,
  partOf: partOfOutput,
};
