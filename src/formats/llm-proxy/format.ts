import type { Format } from '../format.ts';
import { detectProxyLog } from './detect.ts';
import { extractProxyLog } from './extract.ts';

export const llmProxyFormat: Format = {
  id: 'llm-proxy',
  title: 'Log of an LLM proxy or client wrapper (LiteLLM): requests and responses as JSON Lines',
  units: ['file'],
  answers: {
    task: 'always',
    outcome: 'never',
    tests: 'never',
    thoughts: 'always',
    tokens: 'sometimes',
    cost: 'sometimes',
    time: 'sometimes',
    'exit-status': 'never',
    'file-content': 'sometimes',
    'working-directory': 'never',
    model: 'always',
    'parallel-calls': 'always',
    'sub-agents': 'sometimes',
  },
  leavesOut: [
    { path: 'type=request:request_params.tools.**', why: 'descriptions of the tools' },
    { path: 'type=request:tools.**', why: 'descriptions of the tools' },
    { path: 'request.tools.**', why: 'descriptions of the tools' },
    { path: 'request.body.tools.**', why: 'descriptions of the tools' },
    {
      path: 'type=response:outputs.**',
      why: 'what the wrapper made of the answer; the answer itself is read',
    },
    {
      path: 'request_params.messages.*.tool_calls.*.id',
      why: 'joins a call with its result, which the step does',
    },
    {
      path: 'request_params.messages.*.tool_call_id',
      why: 'joins a call with its result, which the step does',
    },
    { path: 'response.id', why: "the proxy's own bookkeeping" },
    { path: 'model_parameters.**', why: 'settings of the model' },
    { path: 'metadata.**', why: "the proxy's own bookkeeping" },
  ],
  detect: detectProxyLog,
  extract: extractProxyLog,
};
