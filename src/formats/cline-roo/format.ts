import type { Format } from '../format.ts';
import { detectClineRoo } from './detect.ts';
import { extractClineRoo } from './extract.ts';
import { findTaskHistory } from './task-files.ts';

export const clineRooFormat: Format = {
  id: 'cline-roo',
  title: 'Cline or Roo Code task',
  units: ['file', 'directory'],
  answers: {
    task: 'always',
    outcome: 'never',
    tests: 'never',
    thoughts: 'always',
    tokens: 'beside',
    cost: 'beside',
    time: 'sometimes',
    'exit-status': 'never',
    'file-content': 'sometimes',
    'working-directory': 'sometimes',
    model: 'sometimes',
    'parallel-calls': 'sometimes',
    'sub-agents': 'never',
  },
  leavesOut: [
    { path: 'ts', why: 'times are read from it; no text' },
    {
      path: 'images.*',
      why: 'images in the editor’s copy of a message are kept by reference in the history',
    },
    { path: 'conversationHistoryIndex', why: 'the editor’s own bookkeeping' },
    { path: 'conversationHistoryDeletedRange.**', why: 'the editor’s own bookkeeping' },
    { path: 'lastCheckpointHash', why: 'the editor’s own bookkeeping' },
    { path: 'isProtected', why: 'whether the editor asked twice before a write' },
    { path: 'type=tool_call:result', why: 'says only that the log holds no results' },
    { path: 'text.content.results.*.filePath', why: 'stands in the text of the result that was sent' },
    { path: 'text.content.results.*.score', why: 'stands in the text of the result that was sent' },
    { path: 'text.todos.*.id', why: 'the editor’s own bookkeeping' },
    { path: 'text.reason', why: 'how much of a file the editor let through; the result says it' },
    { path: 'text.batchFiles.*.lineSnippet', why: 'how much of a file the editor let through' },
    { path: 'text.batchFiles.*.key', why: 'path and extent of a file once more' },
    { path: 'progressStatus.**', why: 'a progress bar' },
    { path: 'metrics.**', why: 'read as usage' },
    { path: 'condenseId', why: 'links a summary to what it replaced; the messages stay in order' },
    { path: 'condenseParent', why: 'links a message to the summary that replaced it' },
    { path: 'truncationId', why: 'links a marker to what it hid' },
    { path: 'truncationParent', why: 'links a message to the marker that hid it' },
  ],
  detect: detectClineRoo,
  extract: extractClineRoo,
  partOf: findTaskHistory,
};
