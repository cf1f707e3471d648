import type { Format } from '../format.ts';
import { geminiCapability } from './capability.ts';
import { detectGemini } from './detect.ts';
import { extractGemini } from './extract.ts';
import { partOfChat } from './read-subagents.ts';

export const geminiCliFormat: Format = {
  id: 'gemini-cli',
  title: 'Gemini CLI: recorded chats (`~/.gemini/tmp/*/chats/session-*`), checkpoints, stream-json',
  units: ['file'],
  ...geminiCapability,
  detect: detectGemini,
  extract: extractGemini,
  partOf: partOfChat,
};
