import { exhaustive } from '../../base/assert.ts';
import { baseName } from '../../base/path.ts';
import type { Effect } from '../../model/effect.ts';
import type { NamedDeed } from './read-deed.ts';

/** What a step did, as far as promises are kept by it. */
export interface DoneStep {
  readonly action: string;
  /** What the text asks for: a deed that was tried counts as done, but for files. */
  readonly requested: readonly Effect[];
  /** What happened. */
  readonly happened: readonly Effect[];
  readonly programs: readonly string[];
  /** Paths that it changed. */
  readonly changed: readonly string[];
  readonly hasTestReport: boolean;
}

/**
 * A promise is filed under one key, and a step has the keys of all promises that it keeps, so that neither has to be
 * compared with every other. Keys are generous: a step that may well be what was meant counts as it.
 */
export function keyOfDeed({ deed, object }: NamedDeed): string {
  if (object === undefined) return deed;
  if (deed === 'run') return `run ${mainWord(object)}`;
  // The same software goes by many names: GCC, gcc, build-essential.
  if (deed === 'install') return deed;
  return `${deed === 'create' || deed === 'update' ? 'write' : deed} ${baseName(object)}`;
}

/** The script of a command line, else its program. */
function mainWord(command: string): string {
  const words = command.split(/\s+/).filter((word) => word !== '' && !/^[A-Z_]+=/.test(word));
  const script = words.find((word) => /\w\.\w{1,4}$/.test(word) && !word.startsWith('-'));
  return baseName(script ?? words[0] ?? command);
}

export function keysOfStep(step: DoneStep): Set<string> {
  const keys = new Set<string>();
  if (step.hasTestReport) keys.add('run-tests');
  for (const program of step.programs) keys.add(`run ${baseName(program)}`);
  for (const path of step.changed) keys.add(`write ${baseName(path)}`);
  for (const effect of step.requested) addKeys(effect, keys);
  for (const effect of step.happened) addWritten(effect, keys);
  return keys;
}

const WORD = /[\w@.-]{1,100}\.\w{1,8}\b/g;

/** Keys of files that a command names: something may have been done to them, whatever is understood of it. */
export function mentionKeys(step: DoneStep, keys: ReadonlySet<string>): string[] {
  if (step.programs.length === 0) return [];
  return [...step.action.slice(0, 4000).matchAll(WORD)].flatMap(([word]) => [
    `run ${word}`,
    ...(keys.has('delete') ? [`delete ${word}`] : []),
    ...(keys.has('writes') ? [`write ${word}`] : []),
  ]);
}

function addKeys(effect: Effect, keys: Set<string>): void {
  switch (effect.kind) {
    case 'test':
      keys.add('run-tests');
      return;
    case 'run':
    case 'build':
      // A script may well be the tests.
      if (/test|spec|check/i.test(JSON.stringify(effect))) keys.add('run-tests');
      return;
    case 'move':
      keys.add('delete');
      keys.add(`delete ${baseName(effect.from)}`);
      return;
    case 'delete':
      keys.add('delete');
      keys.add(`delete ${baseName(effect.path)}`);
      return;
    case 'package':
      keys.add('install');
      return;
    case 'git':
      if (/^(?:commit|revert|merge|cherry-pick)$/.test(effect.command)) keys.add('commit');
      if (/^(?:clean|rm|checkout|restore|reset|stash)$/.test(effect.command)) keys.add('delete');
      return;
    case 'submit':
      keys.add('submit');
      return;
    case 'keys':
    case 'delegate':
    case 'remote':
      // Anything may have been typed or handed over.
      keys.add('anything');
      return;
    case 'read':
    case 'search':
    case 'write':
    case 'copy':
    case 'mkdir':
    case 'mode':
    case 'chdir':
    case 'env':
    case 'process':
    case 'service':
    case 'account':
    case 'network':
    case 'note':
      return;
    default:
      exhaustive(effect);
  }
}

function addWritten(effect: Effect, keys: Set<string>): void {
  if (effect.kind === 'write') keys.add(`write ${baseName(effect.path)}`);
  else if (effect.kind === 'copy' || effect.kind === 'move') keys.add(`write ${baseName(effect.to)}`);
  else if (effect.kind !== 'build') return;
  keys.add('writes');
}
