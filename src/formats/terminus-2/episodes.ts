import { joinPath } from '../../base/path.ts';
import type { ArtifactReader, Entry } from '../port.ts';

export interface Episode {
  readonly number: number;
  readonly folder: string;
}

const NAME = /^episode-(\d+)$/;

export function episodeNumber(entry: Entry): number | undefined {
  const found = entry.kind === 'directory' ? NAME.exec(entry.name)?.[1] : undefined;
  return found === undefined ? undefined : Number(found);
}

/** Folders that hold a run's episodes below the folder that was named: itself, or the logs inside a run's folder. */
const HOMES = ['', 'agent-logs', 'agent'];

/** The episodes of a run in numeric order; empty when the folder holds none. */
export async function listEpisodes(reader: ArtifactReader, folder: string): Promise<Episode[]> {
  for (const home of HOMES) {
    const entries = await reader.list(joinPath(folder, home));
    const episodes = entries.flatMap((entry) => {
      const number = episodeNumber(entry);
      return number === undefined ? [] : [{ number, folder: entry.path }];
    });
    if (episodes.length > 0) return episodes.toSorted((a, b) => a.number - b.number);
  }
  return [];
}
