import type { Format } from '../format.ts';

/** What a transcript of Cursor can answer, what is left out of it on purpose, and what its records must hold. */
export const cursorCapability: Required<Pick<Format, 'answers' | 'leavesOut' | 'needs'>> = {
  answers: {
    task: 'always',
    outcome: 'never',
    tests: 'never',
    thoughts: 'sometimes',
    tokens: 'never',
    cost: 'never',
    time: 'never',
    'exit-status': 'never',
    'file-content': 'sometimes',
    'working-directory': 'never',
    model: 'sometimes',
    'parallel-calls': 'always',
    'sub-agents': 'sometimes',
  },
  leavesOut: [
    { path: 'metadata.**', why: 'ids of the workspace and the request' },
    { path: 'message.content.*.metadata.**', why: 'where the program took a call from' },
    { path: 'annotations.**', why: 'marks of the program' },
    { path: 'conversation.**', why: 'ids of the conversation' },
  ],
  needs: [
    { of: 'assistant/tool_use', field: 'name', is: ['string'] },
    { of: 'assistant/tool_use', field: 'input', is: ['object', 'string', 'nothing'] },
    { of: 'user/text', field: 'text', is: ['string'] },
    { of: 'assistant/text', field: 'text', is: ['string'] },
  ],
};
