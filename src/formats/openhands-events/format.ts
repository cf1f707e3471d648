import type { Format } from '../format.ts';
import { eventsCapability } from './capability.ts';
import { detectEvents } from './detect.ts';
import { extractEvents } from './extract.ts';

export const openhandsEventsFormat: Format = {
  id: 'openhands-events',
  title: 'OpenHands event stream (V0): session folders, flat lists, rows of output.jsonl',
  units: ['file', 'directory'],
  ...eventsCapability,
  detect: detectEvents,
  extract: extractEvents,
};
