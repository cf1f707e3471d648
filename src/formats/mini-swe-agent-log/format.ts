import type { Format } from '../format.ts';
import { miniLogCapability } from './capability.ts';
import { detectMiniLog } from './detect.ts';
import { extractMiniLog } from './extract.ts';

export const miniSweAgentLogFormat: Format = {
  id: 'mini-swe-agent-log',
  title: 'mini-SWE-agent as printed into a terminal (log or asciinema recording)',
  units: ['file'],
  ...miniLogCapability,
  detect: detectMiniLog,
  extract: extractMiniLog,
};
