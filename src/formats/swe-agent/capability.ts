import type { Format } from '../format.ts';

/** What a trajectory of SWE-agent can answer, what is left out of it on purpose, and what its records must hold. */
export const sweAgentCapability: Required<Pick<Format, 'answers' | 'leavesOut' | 'needs'>> = {
  answers: {
    task: 'always',
    outcome: 'beside',
    tests: 'beside',
    thoughts: 'sometimes',
    tokens: 'always',
    cost: 'always',
    time: 'never',
    'exit-status': 'never',
    'file-content': 'sometimes',
    'working-directory': 'always',
    model: 'sometimes',
    'parallel-calls': 'sometimes',
    'sub-agents': 'never',
  },
  leavesOut: [
    {
      path: 'replay_config.**',
      why: 'settings and templates of the agent; model and directory are read from it',
    },
    { path: 'environment', why: 'name of the environment' },
    { path: 'info.edited_files30', why: 'the submitted patch with more lines around it; the patch is kept' },
    { path: 'info.edited_files50', why: 'the submitted patch with more lines around it; the patch is kept' },
    { path: 'info.edited_files70', why: 'the submitted patch with more lines around it; the patch is kept' },
    { path: 'info.model_stats.*', why: 'totals that are read as usage' },
    { path: 'history.*.agent', why: 'name of the agent in the configuration' },
    { path: 'history.*.message_type', why: 'what kind of message it is' },
    { path: 'history.*.tool_call_ids.*', why: 'joins calls and results' },
    { path: 'history.*.tool_calls.*.id', why: 'joins calls and results' },
    {
      path: 'history.*.tool_calls.*.function.name',
      why: 'the call as the service wrote it; the action is taken',
    },
    {
      path: 'trajectory.*.messages.**',
      why: 'the history as it was sent for this step; history holds the same',
    },
    {
      path: 'trajectory.*.query.**',
      why: 'the history as it was sent for this step; history holds the same',
    },
    { path: 'trajectory.*.execution_time', why: 'how long the command took; not shown' },
    { path: 'trajectory.*.state.**', why: 'state of the special tools; the directory is read from it' },
  ],
  needs: [
    { of: 'trajectory[]', field: 'action', is: ['string'] },
    { of: 'trajectory[]', field: 'observation', is: ['string', 'null'] },
  ],
};
