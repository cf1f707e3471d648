import { exhaustive } from '../base/assert.ts';
import type { Effect } from './effect.ts';

/** Whether an effect, if it happens, changes the world that a later step could notice. */
export function isChange(effect: Effect): boolean {
  switch (effect.kind) {
    case 'write':
    case 'delete':
    case 'move':
    case 'copy':
    case 'mkdir':
    case 'mode':
    case 'package':
    case 'service':
    case 'account':
    case 'build':
    case 'keys':
      return true;
    case 'git':
      return effect.changes;
    case 'network':
      return effect.direction === 'send';
    case 'process':
      return effect.action === 'kill' || (effect.action === 'start' && effect.background);
    case 'read':
    case 'search':
    case 'chdir':
    case 'env':
    case 'test':
    case 'run':
    case 'submit':
    case 'note':
    case 'delegate':
    case 'remote':
      return false;
    default:
      return exhaustive(effect);
  }
}
