import { firstLine } from '../../../base/text.ts';
import type { StepId } from '../../../model/ids.ts';
import type { StepRecord } from '../../../model/state.ts';
import type { Explanation, Subject } from '../cause.ts';
import type { CauseIndex } from '../cause-index.ts';
import { citeAction } from '../cite.ts';
import { usesOf } from '../uses.ts';
import { versionSubject } from './explain-file.ts';
import { triggerOf } from './trigger.ts';

/** So many used versions of one step are followed. */
const USES = 8;

/** A step as a whole: the versions of files that it used, and the failure that it followed on. */
export function explainStep(
  index: CauseIndex,
  { step, what }: { readonly step: StepId; readonly what?: string },
): Explanation | undefined {
  const record = index.record(step);
  if (!record) return undefined;
  const quote = citeAction(record);
  return {
    key: `step ${step}`,
    cause: {
      kind: 'step',
      step,
      position: record.position,
      what: what ?? `${record.step.tool}: ${firstLine(record.step.action, 120)}`,
      provenance: 'recorded',
      evidence: quote ? [quote] : [],
    },
    because: reasonsOfStep(index, record),
  };
}

/** What a step rests on. */
export function reasonsOfStep(index: CauseIndex, record: StepRecord): Subject[] {
  const uses = usesOf(index, record)
    .slice(0, USES)
    .map(({ kind, version, line }): Subject => {
      if (kind === 'error' && line !== undefined && version.content !== undefined)
        return { kind: 'line', path: version.path, version: version.version, line };
      return versionSubject(version);
    });
  return [...uses, ...triggerOf(index, record, record.changed[0])];
}
