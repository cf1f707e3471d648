import { dirName, joinPath } from '../../base/path.ts';
import { partOfOutput } from '../codetracer-trace/part-of-output.ts';
import type { ArtifactReader, Entry } from '../port.ts';

/** A trace beside the steps holds the same run and more; an analysis beside them is our own output. */
export async function partOfTrace(entry: Entry, reader: ArtifactReader): Promise<string | undefined> {
  const trace = joinPath(dirName(entry.path), 'trace.json');
  if (await reader.stat(trace)) return trace;
  return partOfOutput(entry, reader);
}
