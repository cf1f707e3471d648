import type { Format } from '../format.ts';
import { sdkCapability } from './capability.ts';
import { detectSdk } from './detect.ts';
import { extractSdk } from './extract.ts';

export const openhandsSdkFormat: Format = {
  id: 'openhands-sdk',
  title: 'OpenHands SDK (V1): conversation folders, events as JSON Lines, exports, headless output',
  units: ['directory', 'file'],
  ...sdkCapability,
  detect: detectSdk,
  extract: extractSdk,
};
