import { firstLine } from '../../../base/text.ts';
import type { Provenance } from '../../../model/provenance.ts';
import type { ErrorMark, StepRecord } from '../../../model/state.ts';
import type { Explanation, Subject } from '../cause.ts';
import { type CauseIndex, isCheck } from '../cause-index.ts';
import { citeResult } from '../cite.ts';
import { scriptsOf } from '../uses.ts';
import { weaker } from '../weaker.ts';
import { versionSubject } from './explain-file.ts';

/** So many places that an error names are followed, the innermost first. */
const PLACES = 2;
/** So many files of the change before a check are named. */
const CHANGED = 2;

/** An error: who wrote the lines that it names, the script that ran, where it was first shown. */
export function explainError(
  index: CauseIndex,
  { number, relation }: { readonly number: number; readonly relation?: Provenance },
): Explanation | undefined {
  const error = index.error(number);
  const record = index.record(error?.step);
  if (!error || !record) return undefined;
  const first = index.sameErrors(error.signature)[0];
  const again = first !== undefined && first.number !== number;
  const places = placesOf(index, error, record);
  return {
    key: `error ${number}`,
    cause: {
      kind: 'error',
      step: record.step.id,
      position: record.position,
      what: `${relation === undefined ? 'showed' : 'had shown before it'} error ${number}: ${firstLine(error.line.trim(), 160)}`,
      provenance: weaker('recorded', relation),
      evidence: citeResult(record, error.line),
    },
    because: [
      ...places,
      ...scriptSubjects(index, record),
      ...(again ? [{ kind: 'error', number: first.number } as const] : []),
      ...(places.length === 0 ? changesBefore(index, record) : []),
    ],
  };
}

/** A step that failed, or whose tests did, without stating an error. */
export function explainFailure(
  index: CauseIndex,
  { step, relation }: { readonly step: StepRecord['step']['id']; readonly relation?: Provenance },
): Explanation | undefined {
  const record = index.record(step);
  if (!record) return undefined;
  return {
    key: `failure ${step}`,
    cause: {
      kind: 'failure',
      step,
      position: record.position,
      what: `${relation === undefined ? '' : 'before it: '}${describeFailure(record)}`,
      provenance: weaker('recorded', relation),
      evidence: citeResult(record, record.tests?.summary),
    },
    because: [...scriptSubjects(index, record), ...changesBefore(index, record)],
  };
}

function describeFailure({ tests, step, failed }: StepRecord): string {
  const broken = (tests?.failed ?? 0) + (tests?.errors ?? 0);
  if (tests && broken > 0) return `${broken} ${broken === 1 ? 'test' : 'tests'} of ${tests.runner} failed`;
  if (failed && step.exitCode !== undefined && step.exitCode !== 0)
    return `it ended with exit status ${step.exitCode}`;
  return step.status === 'ok' || step.status === 'unknown' ? 'it failed' : `it ended with ${step.status}`;
}

function placesOf(index: CauseIndex, error: ErrorMark, record: StepRecord): Subject[] {
  const subjects: Subject[] = [];
  const seen = new Set<string>();
  for (const file of error.files.toReversed()) {
    if (subjects.length >= PLACES) break;
    const path = index.paths.resolve(file.path, record.cwd);
    const version = path === undefined ? undefined : index.versionAt(path, record.position);
    if (!version || seen.has(version.path)) continue;
    seen.add(version.path);
    if (file.line !== undefined && version.content !== undefined)
      subjects.push({ kind: 'line', path: version.path, version: version.version, line: file.line });
    else if (version.madeBy !== undefined) subjects.push(versionSubject(version));
  }
  return subjects;
}

function scriptSubjects(index: CauseIndex, record: StepRecord): Subject[] {
  return scriptsOf(index, record).flatMap((path) => {
    const version = index.versionAt(path, record.position);
    return version?.madeBy === undefined ? [] : [versionSubject(version)];
  });
}

/** The last change before a step that ran something: that it bears on the result is assumed. */
function changesBefore(index: CauseIndex, record: StepRecord): Subject[] {
  const change = isCheck(record) ? index.changeBefore(record.position) : undefined;
  if (!change) return [];
  return change.changed
    .flatMap((path): Subject[] => {
      const version = index.versionAt(path, change.position);
      return version?.madeBy === change.step.id
        ? [{ ...versionSubject(version), provenance: 'assumed' }]
        : [];
    })
    .slice(0, CHANGED);
}
