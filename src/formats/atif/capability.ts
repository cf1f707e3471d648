import type { Format } from '../format.ts';

/** What an ATIF trajectory can answer, what is left out of it on purpose, and what its records must hold. */
export const atifCapability: Required<Pick<Format, 'answers' | 'leavesOut' | 'needs'>> = {
  answers: {
    task: 'always',
    outcome: 'beside',
    tests: 'beside',
    thoughts: 'sometimes',
    tokens: 'sometimes',
    cost: 'sometimes',
    time: 'sometimes',
    'exit-status': 'sometimes',
    'file-content': 'sometimes',
    'working-directory': 'sometimes',
    model: 'always',
    'parallel-calls': 'sometimes',
    'sub-agents': 'sometimes',
  },
  leavesOut: [
    { path: 'session_id', why: 'name of the session' },
    { path: 'schema_version', why: 'read as version' },
    { path: 'continued_trajectory_ref', why: 'names the file that goes on; it is read' },
    { path: 'agent.tool_definitions.**', why: 'definitions of tools' },
    { path: 'agent.extra.**', why: 'settings of the agent; the directory is read' },
    { path: 'final_metrics.**', why: 'read as usage' },
    { path: 'steps.*.metrics.**', why: 'read as usage' },
    { path: 'steps.*.step_id', why: 'orders steps' },
    { path: 'steps.*.source', why: 'who wrote the step' },
    { path: 'steps.*.timestamp', why: 'read as time' },
    { path: 'steps.*.extra.stop_reason', why: 'why the answer ended' },
    { path: 'steps.*.extra.note', why: 'a remark of the harness on missing metrics' },
    { path: 'steps.*.tool_calls.*.tool_call_id', why: 'joins calls and results' },
    { path: 'steps.*.observation.results.*.source_call_id', why: 'joins calls and results' },
    {
      path: 'steps.*.observation.results.*.subagent_trajectory_ref.**',
      why: 'names the file of a sub-agent; it is read',
    },
    { path: 'steps.*.extra.raw_arguments.**', why: 'the arguments of the call once more' },
    {
      path: 'steps.*.extra.metadata.tool_use_result.structuredPatch.**',
      why: 'the edit that the call asked for, as a patch',
    },
    {
      path: 'steps.*.extra.metadata.tool_use_result.file.content',
      why: 'the text that the agent was shown with line numbers',
    },
    {
      path: 'steps.*.extra.metadata.tool_use_result.file.base64',
      why: 'the bytes of an image or a document',
    },
    { path: 'steps.*.extra.metadata.tool_use_result.file.numLines', why: 'size of a listing' },
    { path: 'steps.*.extra.metadata.tool_use_result.file.totalLines', why: 'size of a listing' },
    {
      path: 'steps.*.extra.metadata.tool_use_result.returnCodeInterpretation',
      why: 'a remark of the client on the exit code',
    },
    { path: 'steps.*.extra.metadata.tool_use_result.agentId', why: 'joins a call and its sub-agent' },
    {
      path: 'steps.*.extra.metadata.raw_tool_result.**',
      why: 'the result as the agent’s own log has it; its text is the observation',
    },
    { path: 'steps.*.extra.metadata.tool_use_result.task.**', why: 'facts of a background task' },
    { path: 'steps.*.extra.metadata.tool_use_result.durationSeconds', why: 'how long it took' },
    { path: 'steps.*.extra.metadata.tool_use_result.status', why: 'facts of a background task' },
    { path: 'steps.*.extra.metadata.tool_use_result.retrieval_status', why: 'facts of a background task' },
    { path: 'steps.*.extra.metadata.tool_use_result.backgroundTaskId', why: 'facts of a background task' },
    { path: 'steps.*.extra.metadata.tool_use_result.agentType', why: 'kind of a sub-agent' },
    {
      path: 'steps.*.extra.tool_result_metadata.tool_use_result.structuredPatch.**',
      why: 'the edit that the call asked for, as a patch',
    },
    {
      path: 'steps.*.extra.tool_result_metadata.tool_use_result.file.content',
      why: 'the text that the agent was shown with line numbers',
    },
    {
      path: 'steps.*.extra.tool_result_metadata.tool_use_result.file.base64',
      why: 'the bytes of an image or a document',
    },
    { path: 'steps.*.extra.tool_result_metadata.tool_use_result.file.numLines', why: 'size of a listing' },
    { path: 'steps.*.extra.tool_result_metadata.tool_use_result.file.totalLines', why: 'size of a listing' },
    {
      path: 'steps.*.extra.tool_result_metadata.tool_use_result.returnCodeInterpretation',
      why: 'a remark of the client on the exit code',
    },
    {
      path: 'steps.*.extra.tool_result_metadata.tool_use_result.agentId',
      why: 'joins a call and its sub-agent',
    },
    {
      path: 'steps.*.extra.tool_result_metadata.raw_tool_result.**',
      why: 'the result as the agent’s own log has it; its text is the observation',
    },
    { path: 'steps.*.extra.tool_result_metadata.tool_use_result.task.**', why: 'facts of a background task' },
    { path: 'steps.*.extra.tool_result_metadata.tool_use_result.durationSeconds', why: 'how long it took' },
    { path: 'steps.*.extra.tool_result_metadata.tool_use_result.status', why: 'facts of a background task' },
    {
      path: 'steps.*.extra.tool_result_metadata.tool_use_result.retrieval_status',
      why: 'facts of a background task',
    },
    {
      path: 'steps.*.extra.tool_result_metadata.tool_use_result.backgroundTaskId',
      why: 'facts of a background task',
    },
    { path: 'steps.*.extra.tool_result_metadata.tool_use_result.agentType', why: 'kind of a sub-agent' },
  ],
  needs: [
    { of: 'steps[]', field: 'message', is: ['string', 'array', 'nothing', 'null'] },
    { of: 'steps[]', field: 'step_id', is: ['number'] },
    { of: 'steps[]', field: 'tool_calls', is: ['array', 'nothing', 'null'] },
    { of: 'steps[]', field: 'observation', is: ['object', 'nothing', 'null'] },
  ],
};
