import type { Effect } from '../../model/effect.ts';
import type { Run } from '../../model/run.ts';
import type { StateHistory } from '../../model/state.ts';

/** How a patch was made from the files, as far as the record says. */
export interface PatchMaker {
  /** Position of the step that made it: what was done later is not in it. */
  readonly position: number;
  /** Paths that the command names; empty for all. */
  readonly paths: readonly string[];
  /** Whether files that git did not know are in it. `some`: those that were added one by one. */
  readonly newFiles: 'all' | 'some' | 'none';
  readonly added: readonly string[];
}

type Git = Extract<Effect, { kind: 'git' }>;

/** Options of `git diff` that print no patch. */
const NO_PATCH = /^--(?:stat|shortstat|numstat|name-only|name-status|check|summary|quiet|exit-code|dirstat)/;

/** The step whose `git diff` is the patch: in the last step, or into a file that the last step prints. */
export function findPatchMaker(run: Run, history: StateHistory): PatchMaker {
  const last = history.records.length - 1;
  const whole: PatchMaker = { position: last, paths: [], newFiles: 'all', added: [] };
  const printed = printedFiles(history, last);
  for (let position = last; position >= 0; position--) {
    const effects = history.records[position]?.effects.happened.effects ?? [];
    const diff = effects.findLast(isDiff);
    if (!diff) continue;
    const writes = effects.flatMap((effect) => (effect.kind === 'write' ? [effect.path] : []));
    const isMaker = position === last || writes.some((path) => printed.has(baseOf(path)));
    if (isMaker) return describe(history, diff, position);
    if (writes.length === 0 && printed.size > 0) continue;
  }
  // The harness takes everything, new files too.
  return run.steps.length === 0 ? { ...whole, position: -1 } : whole;
}

function isDiff(effect: Effect): effect is Git {
  return effect.kind === 'git' && effect.command === 'diff' && !effect.args.some((arg) => NO_PATCH.test(arg));
}

function printedFiles(history: StateHistory, position: number): Set<string> {
  const effects = history.records[position]?.effects.happened.effects ?? [];
  return new Set(effects.flatMap((effect) => (effect.kind === 'read' ? [baseOf(effect.path)] : [])));
}

function describe(history: StateHistory, diff: Git, position: number): PatchMaker {
  const split = diff.args.indexOf('--');
  const named = split >= 0 ? diff.args.slice(split + 1) : diff.args.filter(looksLikePath);
  const cached = diff.args.some((arg) => arg === '--cached' || arg === '--staged');
  const added: string[] = [];
  let all = false;
  for (const record of history.records.slice(0, position + 1)) {
    for (const effect of record.effects.happened.effects) {
      if (effect.kind !== 'git' || effect.command !== 'add') continue;
      const paths = effect.args.filter((arg) => !arg.startsWith('-'));
      added.push(...paths);
      const everything = effect.args.some((arg) => /^(?:-A|--all|\.|:\/|\*)$/.test(arg));
      if (everything && (cached || effect.args.some((arg) => arg === '-N' || arg === '--intent-to-add')))
        all = true;
    }
  }
  const paths = named.filter((path) => path !== '.' && path !== '*');
  // `git diff HEAD` shows added files too; without the index it shows none.
  const sees = cached || diff.args.includes('HEAD') || added.length > 0;
  return { position, paths, newFiles: all ? 'all' : sees ? 'some' : 'none', added };
}

function looksLikePath(arg: string): boolean {
  return !arg.startsWith('-') && /[/.]/.test(arg) && !/\.\.|^(?:HEAD|origin\/)/.test(arg);
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
