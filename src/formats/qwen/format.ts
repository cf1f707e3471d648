import type { Format } from '../format.ts';
import { detectQwen } from './detect.ts';
import { extractQwen } from './extract.ts';

export const qwenFormat: Format = {
  id: 'qwen',
  title: 'Qwen Code, chat file (`~/.qwen/**/chats/*.jsonl`)',
  units: ['file'],
  answers: {
    task: 'always',
    outcome: 'never',
    tests: 'never',
    thoughts: 'sometimes',
    tokens: 'sometimes',
    cost: 'never',
    time: 'always',
    'exit-status': 'sometimes',
    'file-content': 'sometimes',
    'working-directory': 'always',
    model: 'always',
    'parallel-calls': 'sometimes',
    'sub-agents': 'sometimes',
  },
  leavesOut: [
    { path: 'type=system:systemPayload.**', why: 'settings, titles, measurements and copies for the screen' },
    { path: 'systemPayload.displayText', why: 'the prompt as the user sees it' },
    { path: 'systemPayload.hookContext', why: 'stands in the message too' },
    { path: 'toolCallResult.resultDisplay.fileDiff', why: 'a rendering of the edit' },
    { path: 'toolCallResult.resultDisplay.originalContent', why: 'a copy of the file for the screen' },
    { path: 'toolCallResult.resultDisplay.newContent', why: 'a copy of the file for the screen' },
    { path: 'toolCallResult.responseParts.**', why: 'stands in the message too' },
    { path: 'message.parts.*.thoughtSignature', why: 'a seal of the model’s service' },
    { path: 'message.parts.*.inlineData.data', why: 'an image' },
    { path: 'gitBranch', why: 'the branch at the time, repeated on every record' },
    { path: 'parentUuid', why: 'an id' },
    { path: 'uuid', why: 'an id' },
  ],
  needs: [
    { of: 'user', field: 'message.parts', is: ['array'] },
    { of: 'assistant:model', field: 'message.parts', is: ['array'] },
    { of: 'tool_result:user', field: 'message.parts', is: ['array'] },
  ],
  detect: detectQwen,
  extract: extractQwen,
};
