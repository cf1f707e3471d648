import { joinPath } from '../../base/path.ts';
import type { ArtifactReader, Entry } from '../port.ts';

/** Logs of agents that Harbor knows, as its installed agents name them; best first. */
const NATIVE_TRAJECTORIES = /\.(?:traj|traj\.json|trajectory\.json)$/;
const NOT_STEPS =
  /^(?:trajectory\.(?:cont-\d+|summarization-\d+-[\w-]+)\.json|install\.(?:sh|log)|setup|command-\d+)/;
const POINTER = 'version https://git-lfs.github.com/spec/';

/**
 * Artifacts that may count a trial's steps, best first: the ATIF export, a trajectory of the agent's own, the log of
 * its output, sessions, episodes. Empty files and pointers to files that were not stored come last.
 */
export async function listStepArtifacts(folder: string, reader: ArtifactReader): Promise<string[]> {
  const agent = joinPath(folder, 'agent');
  const entries = await reader.list(agent);
  const files = entries.filter((entry) => entry.kind === 'file' && !NOT_STEPS.test(entry.name));
  const exported = files.filter((file) => file.name === 'trajectory.json');
  const native = files.filter(
    (file) => file.name !== 'trajectory.json' && NATIVE_TRAJECTORIES.test(file.name),
  );
  const logs = files.filter((file) => file.name.endsWith('.txt'));
  const lines = files.filter((file) => file.name.endsWith('.jsonl'));
  const sessions = entries.some((entry) => entry.kind === 'directory' && entry.name === 'sessions')
    ? await listSessions(joinPath(agent, 'sessions'), reader)
    : [];
  const ordered = [...exported, ...native, ...logs, ...lines, ...sessions];
  const sound: string[] = [];
  const empty: string[] = [];
  for (const file of ordered) ((await holdsSomething(file, reader)) ? sound : empty).push(file.path);
  const episodes = entries.some((entry) => entry.kind === 'directory' && /^episode-\d+$/.test(entry.name));
  return [...sound, ...(episodes ? [agent] : []), ...empty];
}

const MAX_FOLDERS = 200;

/** Session files below `agent/sessions`, however deep the agent puts them. */
async function listSessions(root: string, reader: ArtifactReader): Promise<Entry[]> {
  const found: Entry[] = [];
  const work = [root];
  let visited = 0;
  for (let folder = work.pop(); folder !== undefined && visited < MAX_FOLDERS; folder = work.pop()) {
    visited++;
    for (const entry of await reader.list(folder)) {
      if (entry.kind === 'directory') work.push(entry.path);
      else if (entry.name.endsWith('.jsonl') && !entry.name.startsWith('agent-')) found.push(entry);
    }
  }
  return found;
}

async function holdsSomething(file: Entry, reader: ArtifactReader): Promise<boolean> {
  if (file.size === 0) return false;
  return !(await reader.head(file.path, 200))?.startsWith(POINTER);
}
