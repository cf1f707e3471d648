import type { Format } from '../format.ts';
import { miniCapability } from './capability.ts';
import { detectMini } from './detect.ts';
import { extractMini } from './extract.ts';

export const miniSweAgentFormat: Format = {
  id: 'mini-swe-agent',
  title: 'mini-SWE-agent trajectory (*.traj.json), v1 and v2',
  units: ['file'],
  ...miniCapability,
  detect: detectMini,
  extract: extractMini,
};
