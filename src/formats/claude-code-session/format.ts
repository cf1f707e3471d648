import type { Format } from '../format.ts';
import { sessionCapability } from './capability.ts';
import { detectSession } from './detect.ts';
import { extractSession } from './extract.ts';
import { partOfSession } from './part-of-session.ts';

export const claudeCodeSessionFormat: Format = {
  id: 'claude-code-session',
  title: 'Claude Code, session file (`~/.claude/projects/**/*.jsonl`)',
  units: ['file'],
  ...sessionCapability,
  detect: detectSession,
  extract: extractSession,
  partOf: partOfSession,
};
