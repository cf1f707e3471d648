import { dirName, joinPath } from '../../base/path.ts';
import type { ArtifactReader, Entry } from '../port.ts';

/** The conversation with the model, whole: what counts the steps. */
export const HISTORY = 'api_conversation_history.json';
/** What the editor showed; `claude_messages.json` is its name in the first versions. */
export const SHOWN = ['ui_messages.json', 'claude_messages.json'] as const;
/** Files in context, models and versions. */
export const METADATA = 'task_metadata.json';

export function isShownName(name: string): boolean {
  return SHOWN.some((shown) => shown === name);
}

/** A task's other file is read with its history, where that is there. */
export async function findTaskHistory(entry: Entry, reader: ArtifactReader): Promise<string | undefined> {
  if (!isShownName(entry.name)) return undefined;
  const history = joinPath(dirName(entry.path), HISTORY);
  return (await reader.stat(history)) ? history : undefined;
}
