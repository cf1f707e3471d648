import { baseName, dirName } from '../base/path.ts';
import type { StateHistory } from '../model/state.ts';
import { isScratch, isTestFile } from './scratch.ts';
import type { TaskFacts } from './task-facts.ts';

/** Says whether a path that a step changed with this action belongs to the work that the task asks for. */
export type IsWork = (path: string, action: string) => boolean;

/**
 * The work is what was there before, what the task names, and new files that are neither scratch nor thrown away again.
 * In a run that changes what was there (the repair of a project), a new file is work only where it stands beside files of
 * the project: what lies at its top or in new folders is for reproducing, checking, or carrying out an edit.
 */
export function findWork(history: StateHistory, task: TaskFacts): IsWork {
  const existedBefore = new Set<string>();
  for (const path of history.paths) {
    const first = history.versions(path)[0];
    if (first && (first.madeBy === undefined || first.how === 'edit')) existedBefore.add(path);
  }
  const end = history.at(history.records.length - 1);
  const { scripts, folders } = scriptsAndFolders(history);
  const isThrownAway = (path: string): boolean => end.file(path)?.exists === false;
  // A new file that neither the step nor the task names came out of a program that was run: data, logs, caches.
  const isByproduct = (path: string, action: string): boolean =>
    !task.names.has(baseName(path)) && !action.includes(baseName(path));
  const project = projectFolders(history, existedBefore, task);
  const isAside = (path: string): boolean =>
    project !== undefined &&
    !isAskedFor(path, task) &&
    (scripts.has(baseName(path)) || !project.has(dirName(path)));
  return (path, action) => {
    const existed = existedBefore.has(path);
    if (isScratch(path, task, existed)) return false;
    if (existed) return true;
    if (isTestFile(path) && !task.paths.has(path)) return false;
    return !folders.has(path) && !isThrownAway(path) && !isByproduct(path, action) && !isAside(path);
  };
}

/** Named with its folder, or as something to be made; an issue's text names example files in passing. */
function isAskedFor(path: string, task: TaskFacts): boolean {
  return (
    task.paths.has(path) ||
    task.outputs.some((output) => output === baseName(path) || path.endsWith(`/${output}`))
  );
}

/** Names of the scripts that some step runs by themselves, and the folders that steps made. */
function scriptsAndFolders(history: StateHistory): { scripts: Set<string>; folders: Set<string> } {
  const scripts = new Set<string>();
  const made = new Set<string>();
  for (const { effects } of history.records) {
    for (const effect of effects.requested.effects) {
      if (effect.kind === 'run' && effect.script !== undefined) scripts.add(baseName(effect.script));
      if (effect.kind === 'mkdir') made.add(baseName(effect.path));
    }
  }
  const folders = new Set(history.paths.map(dirName));
  for (const path of history.paths) if (made.has(baseName(path))) folders.add(path);
  return { scripts, folders };
}

/**
 * Folders below the project's top that hold files which were there before; undefined when the run changes no such file.
 * The top is the deepest folder that holds every path that the run touched, temporary folders aside.
 */
function projectFolders(
  history: StateHistory,
  existedBefore: ReadonlySet<string>,
  task: TaskFacts,
): ReadonlySet<string> | undefined {
  const own = [...existedBefore].filter((path) => !isTestFile(path) && !isScratch(path, task, true));
  const isChanged = (path: string): boolean =>
    history.versions(path).some((version) => version.madeBy !== undefined);
  if (!own.some(isChanged)) return undefined;
  const folders = new Set(own.map(dirName));
  const touched = history.paths.filter((path) => !TEMPORARY.test(path)).map(dirName);
  if (touched.length > 0) folders.delete(touched.reduce(commonFolder));
  return folders;
}

const TEMPORARY = /^\/(?:tmp|var|dev|proc|etc|usr|root|home)\//;

function commonFolder(a: string, b: string): string {
  const [left, right] = [a.split('/'), b.split('/')];
  let same = 0;
  while (same < left.length && same < right.length && left[same] === right[same]) same++;
  return left.slice(0, same).join('/');
}
