import { asArray, asString, at } from '../../base/json.ts';
import { joinPath } from '../../base/path.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { ArtifactReader } from '../port.ts';
import { METADATA } from './task-files.ts';

/** Model and version of the extension from `task_metadata.json`, where it is there; Roo's holds neither. */
export async function readMetadata(run: RunBuilder, reader: ArtifactReader, folder: string): Promise<void> {
  const path = joinPath(folder, METADATA);
  const entry = await reader.stat(path);
  if (!entry) return;
  run.artifact({ path, size: entry.size, use: 'enrichment' });
  const document = await reader.json(path);
  run.log.addAll(document?.diagnostics ?? []);
  const used = asArray(at(document?.value, 'model_usage')) ?? [];
  run.model = asString(at(used.at(-1), 'model_id')) ?? run.model;
  const environments = asArray(at(document?.value, 'environment_history')) ?? [];
  const version = asString(at(environments.at(-1), 'cline_version'));
  if (version !== undefined) run.agent = { name: 'cline', version };
}
