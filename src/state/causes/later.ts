import { upperBound } from '../../base/order.ts';
import { firstLine } from '../../base/text.ts';
import type { ErrorMark, FileVersion, StepRecord } from '../../model/state.ts';
import type { Stated } from './cause.ts';
import { type CauseIndex, showsFailure } from './cause-index.ts';
import { citeAction, citeResult } from './cite.ts';

/** So many consequences of one kind are named. */
const MOST = 5;

/** Where an error was shown again, and what resolved it; oldest first. */
export function afterError(index: CauseIndex, error: ErrorMark): Stated[] {
  const again = index.sameErrors(error.signature).filter((other) => other.number > error.number);
  const later: Stated[] = [];
  for (const other of again.slice(0, MOST)) {
    const record = index.record(other.step);
    if (!record) continue;
    later.push({
      kind: 'repeat',
      step: other.step,
      position: record.position,
      what: `showed it again, as error ${other.number}`,
      provenance: 'recorded',
      evidence: citeResult(record, other.line),
    });
  }
  const resolver = index.record(error.resolvedBy);
  if (resolver) {
    const quote = citeAction(resolver);
    later.push({
      kind: 'resolution',
      step: resolver.step.id,
      position: resolver.position,
      what: `did not show it any more: ${firstLine(resolver.step.action, 100)}`,
      provenance: 'derived',
      evidence: quote ? [quote] : [],
    });
  }
  return sortByTime(later);
}

/** What came of a version: who looked at it, what named it, who changed it next. Oldest first. */
export function afterVersion(index: CauseIndex, version: FileVersion): Stated[] {
  const { path } = version;
  const next = index.history.versions(path)[version.version];
  const end = next?.at ?? index.history.records.length;
  const later: Stated[] = [];
  const parts = index.history.at(end).seen(path);
  const first = upperBound(parts, version.at, (part) => part.at);
  const looked = new Set<number>();
  for (const part of parts.slice(first)) {
    if (looked.size >= MOST) break;
    const record = index.history.records[part.at];
    if (!record || part.version !== version.version || looked.has(part.at)) continue;
    looked.add(part.at);
    later.push(use(record, `was shown ${path}`, 'recorded'));
  }
  let named = 0;
  for (const error of errorsFrom(index, path, version.at)) {
    const record = index.record(error.step);
    if (!record || named >= MOST || record.position > end) break;
    if (!error.files.some((file) => index.paths.resolve(file.path, record.cwd) === path)) continue;
    named++;
    later.push({
      kind: 'error',
      step: record.step.id,
      position: record.position,
      what: `showed error ${error.number}, which names ${path}: ${firstLine(error.line.trim(), 120)}`,
      provenance: 'recorded',
      evidence: citeResult(record, error.line),
    });
  }
  const changer = index.record(next?.madeBy);
  if (next && changer)
    later.push(use(changer, `${next.exists ? 'changed' : 'deleted'} ${path} next`, 'derived'));
  return sortByTime(later);
}

/** What came of a step: of each version that it made, and the next check after it. Oldest first. */
export function afterStep(index: CauseIndex, record: StepRecord): Stated[] {
  const later = record.changed.slice(0, MOST).flatMap((path) => {
    const version = index.versionAt(path, record.position);
    return version?.madeBy === record.step.id ? afterVersion(index, version) : [];
  });
  for (const error of record.errors.slice(0, 1)) later.push(...afterError(index, error));
  const check = record.changed.length > 0 ? index.checkAfter(record.position) : undefined;
  if (check) {
    later.push({
      kind: 'check',
      step: check.step.id,
      position: check.position,
      what: `the next check after it ${showsFailure(check) ? 'shows a failure' : 'shows no failure'}: ${firstLine(check.step.action, 100)}`,
      provenance: 'assumed',
      evidence: citeResult(check, check.errors[0]?.line, check.tests?.summary),
    });
  }
  return sortByTime(later);
}

function errorsFrom(index: CauseIndex, path: string, position: number): readonly ErrorMark[] {
  const errors = index.errorsNaming(path);
  // The step that made the version may show an error about it in the same breath.
  return errors.slice(upperBound(errors, position - 1, (error) => index.history.position(error.step) ?? -1));
}

function use(record: StepRecord, what: string, provenance: Stated['provenance']): Stated {
  const quote = citeAction(record);
  return {
    kind: 'use',
    step: record.step.id,
    position: record.position,
    what,
    provenance,
    evidence: quote ? [quote] : [],
  };
}

function sortByTime(causes: readonly Stated[]): Stated[] {
  return causes.toSorted((a, b) => a.position - b.position);
}
