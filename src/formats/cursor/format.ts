import type { Format } from '../format.ts';
import { detectCursor } from './detect.ts';
import { extractCursor } from './extract.ts';
import { partOfTranscript } from './read-subagents.ts';

export const cursorFormat: Format = {
  id: 'cursor',
  title: 'Cursor, transcript of an agent (`agent-transcripts/**/*.jsonl`)',
  units: ['file'],
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
  detect: detectCursor,
  extract: extractCursor,
  partOf: partOfTranscript,
};
