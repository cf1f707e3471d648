import type { Evidence } from '../../model/diagnosis.ts';
import { quoteFrom, quoteHead } from '../../model/quote.ts';
import type { MainStep } from '../context.ts';
import type { SignalRule } from './signal-rule.ts';

const NOT_FOUND = /command not found|No such file or directory|does not exist|cannot access|not found\b/i;

/** Failures that were shown, repeated, and passed over. */
export const errorSignals: SignalRule = ({ context }, emit) => {
  const signatures = new Set<string>();
  let previous: MainStep | undefined;
  for (const step of context.steps) {
    const { record } = step;
    const shown = errorEvidence(step);
    if (record.failed) emit(step, 'step-failed', 1, shown);
    if (record.errors.length > 0) {
      emit(step, 'error-shown', 1, shown);
      const fresh = record.errors.some((error) => !signatures.has(error.signature));
      emit(step, fresh ? 'new-error' : 'same-error-again', 1, shown);
    }
    for (const error of record.errors) signatures.add(error.signature);
    const head = record.step.observation?.slice(0, 2000) ?? '';
    const notFound = record.failed ? NOT_FOUND.exec(head) : null;
    if (notFound) emit(step, 'not-found', 1, shown ?? quoteHead(record.step, 'observation'));
    if (previous && ignores(previous, step)) {
      emit(step, 'error-ignored', 1, errorEvidence(previous), quoteHead(record.step, 'action'));
    }
    previous = step;
  }
};

/** The verbatim line in which a step's failure shows. */
export function errorEvidence({ record }: MainStep): Evidence | undefined {
  const line = record.errors[0]?.line;
  if (line !== undefined) return quoteFrom(record.step, 'observation', line);
  return record.failed ? quoteHead(record.step, 'observation') : undefined;
}

/** A step after a failure that neither touches what failed nor tries it again nor looks at anything. */
function ignores(failed: MainStep, next: MainStep): boolean {
  if (!failed.record.failed && failed.record.errors.length === 0) return false;
  if (next.submits || next.onlyNotes) return true;
  if (next.sources.length === 0) return false;
  const blamed = failed.record.errors.flatMap((error) => error.files.map((file) => file.path));
  return (
    blamed.length > 0 &&
    !next.sources.some((path) => blamed.some((file) => path.endsWith(file) || file.endsWith(path)))
  );
}
