import { isObject } from '../../base/json.ts';
import { joinPath } from '../../base/path.ts';
import type { Detection } from '../format.ts';
import type { ArtifactReader, Entry } from '../port.ts';

/** A folder with `agent/` and the trial's configuration or result; `result.json` alone names whole jobs too. */
export async function recognizeTrial(
  folder: Entry,
  entries: readonly Entry[],
  reader: ArtifactReader,
): Promise<Detection> {
  const names = new Map(entries.map((entry) => [entry.name, entry.kind]));
  const agent = names.get('agent') === 'directory';
  const verifier = names.get('verifier') === 'directory';
  if (!agent && !verifier) return { score: 0, reason: 'neither agent/ nor verifier/' };
  const result = names.has('result.json')
    ? await readObject(reader, joinPath(folder.path, 'result.json'))
    : undefined;
  if (result && ['task_name', 'trial_name', 'verifier_result'].some((key) => Object.hasOwn(result, key))) {
    return { score: 0.95, reason: `result.json of a trial beside ${agent ? 'agent/' : 'verifier/'}` };
  }
  const config = names.has('config.json')
    ? await readObject(reader, joinPath(folder.path, 'config.json'))
    : undefined;
  if (config && isObject(config.task) && isObject(config.agent)) {
    return { score: 0.9, reason: 'config.json of a trial, no readable result.json' };
  }
  const entriesOfAgent = agent ? await reader.list(joinPath(folder.path, 'agent')) : [];
  if (entriesOfAgent.some((entry) => entry.name === 'trajectory.json')) {
    return { score: verifier ? 0.8 : 0.6, reason: 'agent/trajectory.json without the trial around it' };
  }
  return { score: agent && verifier ? 0.6 : 0.1, reason: 'folders of a trial without its configuration' };
}

async function readObject(
  reader: ArtifactReader,
  path: string,
): Promise<Record<string, unknown> | undefined> {
  const document = await reader.json(path);
  return isObject(document?.value) ? document.value : undefined;
}
