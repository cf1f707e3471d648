import type { Format } from '../format.ts';

/** What a conversation of Gemini CLI can answer, what is left out of it on purpose, and what its records must hold. */
export const geminiCapability: Required<Pick<Format, 'answers' | 'leavesOut' | 'needs'>> = {
  answers: {
    task: 'always',
    outcome: 'never',
    tests: 'never',
    thoughts: 'sometimes',
    tokens: 'sometimes',
    cost: 'never',
    time: 'sometimes',
    'exit-status': 'sometimes',
    'file-content': 'sometimes',
    'working-directory': 'never',
    model: 'sometimes',
    'parallel-calls': 'always',
    'sub-agents': 'sometimes',
  },
  leavesOut: [
    { path: 'messages.*.displayContent', why: 'the prompt as the screen shows it' },
    { path: 'displayContent', why: 'the prompt as the screen shows it' },
    { path: 'type=gemini:toolCalls.*.resultDisplay.**', why: 'the result as the screen shows it' },
    { path: 'type=gemini:toolCalls.*.description', why: 'the description of the tool' },
    { path: 'type=gemini:toolCalls.*.displayName', why: 'the name of the tool on the screen' },
    { path: 'parts.*.thoughtSignature', why: 'a seal of the service on its own thoughts' },
    { path: '$set.lastUpdated', why: 'when the file was written last' },
    { path: 'type=network:**', why: 'requests of the program, in an activity log' },
    { path: 'id', why: 'ids of messages' },
    { path: 'messages.*.id', why: 'ids of messages' },
    { path: 'timestamp', why: 'read as time' },
    { path: 'messages.*.timestamp', why: 'read as time' },
    { path: 'projectHash', why: 'a digest of the folder of the project' },
    { path: 'questions.**', why: 'what a scenario of an evaluation asks after the run' },
    { path: 'description', why: 'what a scenario of an evaluation is for' },
  ],
  needs: [
    { of: 'tool_use', field: 'tool_name', is: ['string'] },
    { of: 'tool_result', field: 'tool_id', is: ['string'] },
  ],
};
