import { isLfsPointer } from '../../base/lfs-pointer.ts';
import { joinPath } from '../../base/path.ts';
import type { ArtifactReader, Entry } from '../port.ts';

/** Where the agents of this harness leave their logs, best first: structured logs, then the recording of the terminal. */
export async function listStepArtifacts(folder: string, reader: ArtifactReader): Promise<readonly string[]> {
  const logs = await reader.list(joinPath(folder, 'agent-logs'));
  const sessions = await reader.list(joinPath(folder, 'sessions'));
  const found = [
    ...filesOf(logs, (name) => name.endsWith('.traj.json')),
    ...(logs.some(isEpisode) ? [joinPath(folder, 'agent-logs')] : []),
    ...filesOf(logs, (name) => /\.jsonl?$/.test(name) && !name.endsWith('.traj.json')),
    ...filesOf(sessions, (name) => name.endsWith('.json')),
    ...(await listEventFolders(joinPath(folder, 'sessions/sessions'), reader)),
    ...filesOf(sessions, (name) => name === 'agent.log'),
    ...filesOf(sessions, (name) => name === 'agent.cast'),
  ];
  const usable: string[] = [];
  for (const path of found) if (!(await isPointer(path, reader))) usable.push(path);
  return usable;
}

function isEpisode(entry: Entry): boolean {
  return entry.kind === 'directory' && /^episode-\d+$/.test(entry.name);
}

function filesOf(entries: readonly Entry[], wanted: (name: string) => boolean): string[] {
  return entries.filter(({ kind, name }) => kind === 'file' && wanted(name)).map(({ path }) => path);
}

/** OpenHands' store: a folder per session, with its events one by one (`events`) or in pages (`event_cache`). */
async function listEventFolders(folder: string, reader: ArtifactReader): Promise<string[]> {
  const sessions = await reader.list(folder);
  return sessions.filter(({ kind }) => kind === 'directory').map(({ path }) => path);
}

/** Whether only a pointer to the file's content was stored. */
export async function isPointer(path: string, reader: ArtifactReader): Promise<boolean> {
  const entry = await reader.stat(path);
  if (entry?.kind !== 'file' || entry.size > 1024) return false;
  return isLfsPointer((await reader.head(path, 256)) ?? '');
}
