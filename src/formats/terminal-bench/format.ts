import type { Format } from '../format.ts';
import { terminalBenchCapability } from './capability.ts';
import { extractTrial } from './extract.ts';
import { recognizeTrial } from './recognize.ts';

export const terminalBenchFormat: Format = {
  id: 'terminal-bench-1',
  title: 'Terminal-Bench 1 trial without a log of its agent',
  units: ['directory'],
  ...terminalBenchCapability,
  // A claim, but below that of every format that reads the agent's own log.
  detect: async ({ entry, entries, reader }) => {
    const { score, reason } = await recognizeTrial(entry, entries, reader);
    return { score: Math.min(score, 0.5), reason };
  },
  extract: extractTrial,
};
