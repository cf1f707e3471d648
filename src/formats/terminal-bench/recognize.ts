import type { Detection } from '../format.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { readResults } from './read-results.ts';

/** What a trial's folder holds beside its results. */
const PARTS = ['sessions', 'panes', 'commands.txt', 'agent-logs'];

/** A folder with the results of one task and the files of its terminal sessions. */
export async function recognizeTrial(
  folder: Entry,
  entries: readonly Entry[],
  reader: ArtifactReader,
): Promise<Detection> {
  const names = new Set(entries.map(({ name }) => name));
  const parts = PARTS.filter((name) => names.has(name));
  if (!names.has('results.json')) {
    const enough = parts.length >= 3;
    return {
      score: enough ? 0.6 : 0,
      reason: enough ? `no results.json, but ${parts.join(', ')}` : 'no results.json',
    };
  }
  const found = await readResults(folder.path, reader);
  if (found.kind === 'benchmark') return { score: 0, reason: 'results.json of a whole benchmark run' };
  if (found.kind !== 'trial') {
    const shaped = parts.length >= 2;
    return {
      score: shaped ? 0.6 : 0,
      reason: shaped
        ? `results.json is not readable, but ${parts.join(', ')}`
        : 'results.json of something else',
    };
  }
  if (found.results.is_resolved === undefined && found.results.failure_mode === undefined) {
    return { score: 0.2, reason: 'results.json names a task, but no outcome' };
  }
  return {
    score: 0.95,
    reason: `results.json of task ${found.results.task_id}${parts.length > 0 ? `, ${parts.join(', ')}` : ''}`,
  };
}
