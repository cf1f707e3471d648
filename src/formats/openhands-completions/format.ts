import type { Format } from '../format.ts';
import { completionsCapability } from './capability.ts';
import { detectCompletions } from './detect.ts';
import { extractCompletions } from './extract.ts';

export const openhandsCompletionsFormat: Format = {
  id: 'openhands-completions',
  title: 'OpenHands model call logs: one JSON file per call (llm_completions, telemetry)',
  units: ['directory', 'file'],
  ...completionsCapability,
  detect: detectCompletions,
  extract: extractCompletions,
};
