import type { Format } from '../format.ts';
import { detectAgentless } from './detect.ts';
import { extractAgentless } from './extract.ts';
import { findStageLog } from './part-of.ts';

export const agentlessFormat: Format = {
  id: 'agentless',
  title: 'Agentless stage log or output',
  units: ['file'],
  answers: {
    task: 'always',
    outcome: 'never',
    tests: 'never',
    thoughts: 'sometimes',
    tokens: 'sometimes',
    cost: 'never',
    time: 'sometimes',
    'exit-status': 'never',
    'file-content': 'sometimes',
    'working-directory': 'never',
    model: 'sometimes',
    'parallel-calls': 'sometimes',
    'sub-agents': 'never',
  },
  leavesOut: [
    { path: 'additional_artifact_loc_file.**', why: 'the answers once more' },
    { path: 'additional_artifact_loc_related.**', why: 'the answers once more' },
    { path: 'additional_artifact_loc_edit_location.**', why: 'the answers once more' },
    { path: 'all_generations.**', why: 'the answers once more' },
    { path: 'raw_output.**', why: 'the answers once more' },
    { path: 'try_count.**', why: 'numbers of the samples, which are their order' },
    { path: 'prev_content.**', why: 'content of the files before the edit, which comes from the repository' },
    {
      path: 'original_file_content.**',
      why: 'content of the file before the edit, which comes from the repository',
    },
  ],
  detect: detectAgentless,
  extract: extractAgentless,
  partOf: findStageLog,
};
