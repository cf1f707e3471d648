import type { StepId } from '../../model/ids.ts';
import type { Analysis } from '../analysis.ts';
import type { StepLabel } from './tree-line.ts';

/** The marks of every step that has any, the weightiest first. */
export function labelSteps({ diagnosis }: Pick<Analysis, 'diagnosis'>): Map<StepId, StepLabel[]> {
  const labels = new Map<StepId, StepLabel[]>();
  const add = (id: StepId | undefined, label: StepLabel): void => {
    if (id === undefined) return;
    const own = labels.get(id);
    if (!own) labels.set(id, [label]);
    else if (!own.includes(label)) own.push(label);
  };
  add(diagnosis.onset, 'onset');
  for (const id of diagnosis.incorrect) add(id, 'incorrect');
  for (const { step } of diagnosis.chain) add(step, 'chain');
  for (const { step } of diagnosis.anchors) add(step, 'anchor');
  for (const id of diagnosis.unuseful) add(id, 'unuseful');
  return labels;
}
