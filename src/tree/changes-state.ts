import { exhaustive } from '../base/assert.ts';
import type { Effect } from '../model/effect.ts';
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
  return !sure.some((effect) => FILE_EFFECTS.has(effect.kind)) || sure.some(changesBesideFiles);
}

function changesBesideFiles(effect: Effect): boolean {
  switch (effect.kind) {
    case 'git':
      return effect.changes;
    case 'process':
      return effect.action === 'kill' || (effect.action === 'start' && effect.background);
    case 'network':
      return effect.direction === 'send';
    case 'package':
    case 'service':
    case 'account':
    case 'keys':
    case 'build':
    case 'remote':
      return true;
    case 'read':
    case 'search':
    case 'write':
    case 'delete':
    case 'move':
    case 'copy':
    case 'mkdir':
    case 'mode':
    case 'chdir':
    case 'env':
    case 'test':
    case 'run':
    case 'submit':
    case 'note':
    case 'delegate':
      return false;
    default:
      return exhaustive(effect);
  }
}
