import { baseName } from '../../../base/path.ts';
import type { ErrorMark, StepRecord } from '../../../model/state.ts';
import type { Subject } from '../cause.ts';
import type { CauseIndex } from '../cause-index.ts';

/**
 * The failure that the agent had in front of it when it decided on a step: the last one of its own thread with no change
 * in between. That it reacted to it is assumed; where the failure names the file that the step changed, it follows.
 */
export function triggerOf(index: CauseIndex, record: StepRecord, path?: string): Subject[] {
  const failure = index.failureBefore(record.position);
  if (!failure) return [];
  const naming = path === undefined ? undefined : failure.errors.find((error) => names(error, path));
  const error = naming ?? failure.errors.at(-1);
  const relation = naming ? 'derived' : 'assumed';
  if (error) return [{ kind: 'error', number: error.number, relation }];
  return [{ kind: 'failure', step: failure.step.id, relation }];
}

function names(error: ErrorMark, path: string): boolean {
  return error.files.some((file) => baseName(file.path) === baseName(path));
}
