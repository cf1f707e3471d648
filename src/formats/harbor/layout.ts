import type { Layout } from '../format.ts';
import { enrichTrial } from './enrich.ts';
import { recognizeTrial } from './recognize.ts';
import { listStepArtifacts } from './trial-files.ts';

export const harborLayout: Layout = {
  id: 'harbor',
  title: 'Harbor trial',
  recognize: recognizeTrial,
  stepArtifacts: (folder, reader) => listStepArtifacts(folder.path, reader),
  fallbackFormat: 'atif',
  enrich: enrichTrial,
};
