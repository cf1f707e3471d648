import type { Format } from '../format.ts';
import { cursorCapability } from './capability.ts';
import { detectCursor } from './detect.ts';
import { extractCursor } from './extract.ts';
import { partOfTranscript } from './read-subagents.ts';

export const cursorFormat: Format = {
  id: 'cursor',
  title: 'Cursor, transcript of an agent (`agent-transcripts/**/*.jsonl`)',
  units: ['file'],
  ...cursorCapability,
  detect: detectCursor,
  extract: extractCursor,
  partOf: partOfTranscript,
};
