import type { Format } from '../format.ts';
import { atifCapability } from './capability.ts';
import { detectAtif } from './detect.ts';
import { extractAtif } from './extract.ts';
import { findWhole } from './part-of.ts';

export const atifFormat: Format = {
  id: 'atif',
  title: 'ATIF trajectory (Harbor and its agents), v1.0 to v1.7',
  units: ['file'],
  ...atifCapability,
  detect: detectAtif,
  extract: extractAtif,
  partOf: findWhole,
};
