import { firstLine } from '../../base/text.ts';
import { causeIndexOf } from '../../state/causes/cause-index.ts';
import { afterStep } from '../../state/causes/later.ts';
import { usesOf } from '../../state/causes/uses.ts';
import type { Analysis } from '../analysis.ts';
import { findStep } from '../find-step.ts';
import type { Target } from './target.ts';
import type { Asked } from './why-answer.ts';

/** What a step rests on, and what came of it. */
export function askStep(analysis: Analysis, { name }: Target): Asked {
  const index = causeIndexOf(analysis.history);
  const record = findStep(analysis, name);
  const makers = [...new Set(usesOf(index, record).map(({ version }) => version.madeBy))];
  const later = afterStep(index, record);
  const users = new Set(later.map(({ step }) => step));
  const rests =
    makers.length === 0
      ? 'uses nothing that the run made'
      : `uses what ${makers.length === 1 ? 'step' : 'steps'} ${makers.join(', ')} made`;
  const bears =
    users.size === 0
      ? 'nothing later is known to use it'
      : `${users.size} later ${users.size === 1 ? 'step depends' : 'steps depend'} on it`;
  return {
    answer: `step ${record.step.id} (${firstLine(record.step.action, 80)}) ${rests}; ${bears}`,
    roots: [{ kind: 'step', step: record.step.id }],
    later,
  };
}
