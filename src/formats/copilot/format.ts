import type { Format } from '../format.ts';
import { copilotCapability } from './capability.ts';
import { detectCopilot } from './detect.ts';
import { extractCopilot } from './extract.ts';

export const copilotFormat: Format = {
  id: 'copilot',
  title: 'GitHub Copilot CLI, events of a session (`~/.copilot/session-state/**/events.jsonl`)',
  units: ['file'],
  ...copilotCapability,
  detect: detectCopilot,
  extract: extractCopilot,
};
