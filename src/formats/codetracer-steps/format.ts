import type { Format } from '../format.ts';
import { detectSteps } from './detect.ts';
import { extractSteps } from './extract.ts';
import { partOfTrace } from './part-of.ts';

export const codetracerStepsFormat: Format = {
  id: 'codetracer-steps',
  title: 'steps.json of CodeTracer and of the benchmark',
  units: ['file'],
  answers: {
    task: 'beside',
    outcome: 'never',
    tests: 'never',
    thoughts: 'sometimes',
    tokens: 'never',
    cost: 'never',
    time: 'never',
    'exit-status': 'sometimes',
    'file-content': 'sometimes',
    'working-directory': 'never',
    model: 'never',
    'parallel-calls': 'sometimes',
    'sub-agents': 'sometimes',
  },
  leavesOut: [
    { path: 'action_ref.**', why: 'names the artifact that the steps were made of, which is not at hand' },
    {
      path: 'observation_ref.**',
      why: 'names the artifact that the steps were made of, which is not at hand',
    },
    { path: 'step_id', why: 'steps are numbered in their order' },
    { path: 'parallel_group', why: 'read as turn' },
  ],
  detect: detectSteps,
  extract: extractSteps,
  partOf: partOfTrace,
};
