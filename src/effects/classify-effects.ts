import { exhaustive } from '../base/assert.ts';
import type { Certainty, Effect, EffectSet } from '../model/effect.ts';

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

const RANK: Readonly<Record<Certainty, number>> = { possible: 0, likely: 1, certain: 2 };

/**
 * The class of a step with these effects: `change` if any certain or likely one changes something. The certainty is
 * that of the best such effect; for `explore` it is `possible` where something not understood may have changed things.
 */
export function classifyEffects(effects: readonly Effect[], understood: boolean): EffectSet {
  let best: Certainty | undefined;
  let doubt = !understood;
  for (const effect of effects) {
    if (!isChange(effect)) continue;
    if (effect.certainty === 'possible') doubt = true;
    else if (!best || RANK[effect.certainty] > RANK[best]) best = effect.certainty;
  }
  if (best) return { class: 'change', certainty: best, effects };
  return { class: 'explore', certainty: doubt ? 'possible' : 'certain', effects };
}
