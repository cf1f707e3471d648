import type { Format } from '../format.ts';
import { castCapability } from './capability.ts';
import { detectCast } from './detect.ts';
import { extractCast } from './extract.ts';

export const claudeCodeCastFormat: Format = {
  id: 'claude-code-stream-json-in-asciinema',
  title: 'Claude Code, its stream-json output in an asciinema recording',
  units: ['file'],
  ...castCapability,
  detect: detectCast,
  extract: extractCast,
};
