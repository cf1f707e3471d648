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
