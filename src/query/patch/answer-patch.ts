import { CodetracerError } from '../../base/error.ts';
import { stepNumber } from '../../model/ids.ts';
import type { Analysis } from '../analysis.ts';
import { findStep } from '../find-step.ts';
import { checkPatch } from './check-patch.ts';
import type { PatchDocument } from './patch-schemas.ts';
import { showPatch } from './show-patch.ts';

export interface PatchQuestion {
  /** A step (`7`, `7.2`, `onset`, `last`); the end of the run unless told. */
  readonly at?: string;
  /** Compare the run's changes with the patch that it handed in. */
  readonly check?: boolean;
}

/**
 * What a run changed in its repository, as a patch rebuilt from its steps, and how it compares with the patch that the
 * run handed in.
 * @throws CodetracerError `unknown-step`; `unknown-target` when a run without a patch is to be checked.
 */
export function answerPatch(analysis: Analysis, question: PatchQuestion = {}): PatchDocument {
  const { run, history } = analysis;
  const record = question.at === undefined ? history.records.at(-1) : findStep(analysis, question.at);
  const { root, files } = showPatch(run, history, record?.position ?? -1);
  return {
    schema: 'codetracer.patch/1',
    run: run.id,
    step: record ? stepNumber(record.step.id) : null,
    root: root ?? null,
    files: files.map(({ step, doubtedBy, ...file }) => ({
      ...file,
      ...(step !== undefined && { step: stepNumber(step) }),
      ...(doubtedBy !== undefined && { doubtedBy: stepNumber(doubtedBy) }),
    })),
    ...(question.check && { check: check(analysis) }),
  };
}

function check({ run, history }: Analysis): NonNullable<PatchDocument['check']> {
  const found = checkPatch(run, history);
  if (!found || !run.submission)
    throw new CodetracerError('unknown-target', 'the run handed in no patch', {
      hint: 'codetracer patch without --check prints what the steps changed',
    });
  return {
    verdict: found.verdict,
    allInRecord: found.inRecord,
    files: found.files.map(({ step, ...file }) => ({
      ...file,
      ...(step !== undefined && { step: stepNumber(step) }),
    })),
    place: run.submission.place,
  };
}
