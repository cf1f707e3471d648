import { dirName, joinPath } from '../../base/path.ts';
import type { ArtifactReader, Entry } from '../port.ts';

/** What an analysis leaves beside the trace: a folder with it is our own output. */
const MARK = 'codetracer_analysis.json';

/**
 * The analysis that a file of ours belongs to. Discovery makes no run of it: the run was analysed from its artifacts, and
 * a folder that holds both would count it twice. Named by itself it is read.
 */
export async function partOfOutput(entry: Entry, reader: ArtifactReader): Promise<string | undefined> {
  const mark = joinPath(dirName(entry.path), MARK);
  return (await reader.stat(mark)) ? mark : undefined;
}
