import { dirName, joinPath } from '../../base/path.ts';
import type { ArtifactReader, Entry } from '../port.ts';

/** Files that Terminus 2 writes beside a trajectory: what continues it, and the agents that summarise its context. */
const PART = /^(.*)trajectory\.(?:cont-\d+|summarization-\d+-[\w-]+)\.json$/;

/** The trajectory that such a file is read with, where it is there. */
export async function findWhole(entry: Entry, reader: ArtifactReader): Promise<string | undefined> {
  const prefix = PART.exec(entry.name)?.[1];
  if (prefix === undefined) return undefined;
  const whole = joinPath(dirName(entry.path), `${prefix}trajectory.json`);
  return (await reader.stat(whole)) ? whole : undefined;
}
