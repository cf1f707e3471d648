import type { Format } from '../format.ts';
import { detectGemini } from './detect.ts';
import { extractGemini } from './extract.ts';
import { partOfChat } from './read-subagents.ts';

export const geminiCliFormat: Format = {
  id: 'gemini-cli',
  title: 'Gemini CLI: recorded chats (`~/.gemini/tmp/*/chats/session-*`), checkpoints, stream-json',
  units: ['file'],
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
  ],
  detect: detectGemini,
  extract: extractGemini,
  partOf: partOfChat,
};
