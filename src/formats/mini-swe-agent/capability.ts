import type { Format } from '../format.ts';

/** What a trajectory of mini-SWE-agent can answer, what is left out of it on purpose, and what its records must hold. */
export const miniCapability: Required<Pick<Format, 'answers' | 'leavesOut' | 'needs'>> = {
  answers: {
    task: 'always',
    outcome: 'beside',
    tests: 'beside',
    thoughts: 'sometimes',
    tokens: 'sometimes',
    cost: 'always',
    time: 'sometimes',
    'exit-status': 'always',
    'file-content': 'sometimes',
    'working-directory': 'always',
    model: 'always',
    'parallel-calls': 'sometimes',
    'sub-agents': 'never',
  },
  leavesOut: [
    {
      path: 'info.config.**',
      why: 'settings and templates of the agent; model, directory and task are read from it',
    },
    { path: 'info.agent_type', why: 'the name of a class' },
    { path: 'info.model_type', why: 'the name of a class' },
    { path: 'info.environment_type', why: 'the name of a class' },
    { path: 'info.model_stats.*', why: 'totals that are read as usage' },
    { path: 'info.patch_repair.**', why: 'a tool of the user mends the patch after the run' },
    {
      path: 'messages.*.extra.response.**',
      why: 'the answer of the service as it came; its text, calls, usage and cost are read from the message and from it',
    },
    { path: 'messages.*.extra.actions.*.tool_call_id', why: 'joins calls and results' },
    { path: 'messages.*.tool_calls.*.id', why: 'joins calls and results' },
    { path: 'messages.*.tool_call_id', why: 'joins calls and results' },
    { path: 'messages.*.extra.cost', why: 'read as usage' },
    { path: 'messages.*.extra.exception_type', why: 'read as status' },
  ],
  needs: [
    { of: 'tool', field: 'tool_call_id', is: ['string'] },
    { of: 'assistant/function', field: 'id', is: ['string'] },
    { of: 'assistant', field: 'content', is: ['string', 'array', 'null', 'nothing'] },
    { of: 'user', field: 'content', is: ['string', 'array'] },
    { of: 'tool', field: 'content', is: ['string', 'array'] },
  ],
};
