import type { Format } from '../format.ts';
import { streamCapability } from './capability.ts';
import { detectStream } from './detect.ts';
import { extractStream } from './extract.ts';

export const claudeCodeStreamJsonFormat: Format = {
  id: 'claude-code-stream-json',
  title: 'Claude Code, output of `claude -p --output-format stream-json`',
  units: ['file'],
  ...streamCapability,
  detect: detectStream,
  extract: extractStream,
};
