import type { Format } from '../format.ts';
import { sweAgentCapability } from './capability.ts';
import { detectSweAgent } from './detect.ts';
import { extractSweAgent } from './extract.ts';

export const sweAgentFormat: Format = {
  id: 'swe-agent',
  title: 'SWE-agent trajectory (*.traj), 0.x to 1.x',
  units: ['file'],
  ...sweAgentCapability,
  detect: detectSweAgent,
  extract: extractSweAgent,
};
