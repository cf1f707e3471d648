import { dirName, joinPath } from '../../base/path.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { rowKindOfHead } from './schema.ts';

const FOLDERS = ['localization_logs', 'repair_logs'];

/** The log beside an output file: what a row holds of a stage stands in the task's log too, with times and more. */
export async function findStageLog(entry: Entry, reader: ArtifactReader): Promise<string | undefined> {
  if (!entry.name.endsWith('.jsonl')) return undefined;
  const head = (await reader.head(entry.path)) ?? '';
  const kind = rowKindOfHead(head, entry.name);
  if (kind !== 'locations' && kind !== 'samples') return undefined;
  const id = /"instance_id"\s*:\s*"([\w.-]{1,200})"/.exec(head)?.[1];
  if (id === undefined) return undefined;
  for (const folder of FOLDERS) {
    const path = joinPath(dirName(entry.path), `${folder}/${id}.log`);
    if (await reader.stat(path)) return path;
  }
  return undefined;
}
