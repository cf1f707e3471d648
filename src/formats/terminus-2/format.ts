import type { Format } from '../format.ts';
import { terminus2Capability } from './capability.ts';
import { detectTerminus2 } from './detect.ts';
import { extractTerminus2 } from './extract.ts';

export const terminus2Format: Format = {
  id: 'terminus-2',
  title: 'Terminus 2 episodes (Terminal-Bench, Harbor)',
  units: ['directory'],
  ...terminus2Capability,
  detect: detectTerminus2,
  extract: extractTerminus2,
};
