import type { Effect } from '../model/effect.ts';
import { isChange } from '../model/is-change.ts';
import type { StepRecord } from '../model/state.ts';

const FILE_EFFECTS: ReadonlySet<Effect['kind']> = new Set([
  'write',
  'delete',
  'move',
  'copy',
  'mkdir',
  'mode',
]);

/**
 * Whether a step made a new state. A step whose only changes are writes of what the files held already, or removals
 * of what was gone, made none although its text asks for changes.
 */
export function changesState(record: StepRecord): boolean {
  if (record.changed.length > 0) return true;
  const { happened } = record.effects;
  if (happened.class !== 'change') return false;
  const sure = happened.effects.filter((effect) => effect.certainty !== 'possible');
  const ofFiles = (effect: Effect): boolean => FILE_EFFECTS.has(effect.kind);
  return !sure.some(ofFiles) || sure.some((effect) => isChange(effect) && !ofFiles(effect));
}

/** Git commands that put files in the working tree whose contents no artifact shows. */
const REPLACES_TREE: ReadonlySet<string> = new Set([
  'am',
  'bisect',
  'cherry-pick',
  'merge',
  'pull',
  'read-tree',
  'rebase',
  'revert',
  'submodule',
]);

/**
 * Whether files may be other ones now that the run never names: equal known states before and after such a step say
 * nothing about the rest, so they can't be called the same state.
 */
export function replacesFiles(record: StepRecord): boolean {
  return record.effects.happened.effects.some((effect) => {
    if (effect.kind !== 'git' || !effect.changes) return false;
    if (REPLACES_TREE.has(effect.command)) return true;
    if (effect.command === 'checkout' || effect.command === 'switch') return leavesCommit(effect.args);
    return effect.command === 'reset' && effect.args.includes('--hard') && namesOtherCommit(effect.args);
  });
}

/** `git checkout other-branch`, but not paths (`--`, `.`, a name with an ending) and not a new branch from here. */
function leavesCommit(args: readonly string[]): boolean {
  if (args.includes('--')) return false;
  const words = args.filter((arg) => !arg.startsWith('-'));
  const makesBranch = args.some((arg) => /^-[bBcC]$|^--(?:create|orphan)$/.test(arg));
  if (makesBranch) return words.length > 1;
  const [first, ...rest] = words;
  return first !== undefined && rest.length === 0 && first !== '.' && !/[./]\w+$/.test(first);
}

function namesOtherCommit(args: readonly string[]): boolean {
  return args.some((arg) => !arg.startsWith('-') && arg !== 'HEAD');
}
