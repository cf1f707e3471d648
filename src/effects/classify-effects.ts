import type { Certainty, Effect, EffectSet } from '../model/effect.ts';
import { isChange } from '../model/is-change.ts';

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
