import type { Format } from '../format.ts';
import { detectTerminus2 } from './detect.ts';
import { extractTerminus2 } from './extract.ts';

export const terminus2Format: Format = {
  id: 'terminus-2',
  title: 'Terminus 2 episodes (Terminal-Bench, Harbor)',
  units: ['directory'],
  detect: detectTerminus2,
  extract: extractTerminus2,
};
