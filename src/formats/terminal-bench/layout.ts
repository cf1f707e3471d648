import type { Layout } from '../format.ts';
import { enrichTrial } from './enrich.ts';
import { recognizeTrial } from './recognize.ts';
import { listStepArtifacts } from './step-artifacts.ts';

export const terminalBenchLayout: Layout = {
  id: 'terminal-bench-1',
  title: 'Terminal-Bench 1 trial',
  recognize: recognizeTrial,
  stepArtifacts: (folder, reader) => listStepArtifacts(folder.path, reader),
  fallbackFormat: 'terminal-bench-1',
  enrich: enrichTrial,
};
