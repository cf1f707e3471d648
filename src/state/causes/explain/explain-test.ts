import { upperBound } from '../../../base/order.ts';
import type { KnownTest, StepRecord } from '../../../model/state.ts';
import type { Explanation, Subject } from '../cause.ts';
import type { CauseIndex } from '../cause-index.ts';
import { citeResult } from '../cite.ts';
import { isNamed, namesInTest } from '../names-in-test.ts';
import { versionSubject } from './explain-file.ts';

/** So many steps between two results are looked at for changes. */
const MOST_STEPS = 2000;
/** So many changes are named. */
const CHANGES = 3;

/** A test's result, with where it first came to be so and what it was before. */
export interface TestCourse {
  readonly known: KnownTest;
  readonly record: StepRecord;
  /** Earliest step of the run of equal results that ends here. */
  readonly since: StepRecord;
  /** The last result before that, which differed. */
  readonly before: KnownTest | undefined;
}

export function readTestCourse(index: CauseIndex, test: string, position: number): TestCourse | undefined {
  const known = index.history.at(position).tests.get(test);
  const record = index.record(known?.step);
  if (!known || !record) return undefined;
  const results = index.resultsOf(test);
  let first = upperBound(results, record.position, (result) => result.position) - 1;
  while (first > 0 && results[first - 1]?.status === known.status) first--;
  const since = index.history.records[results[first]?.position ?? record.position] ?? record;
  const other = results[first - 1];
  const shown = other && index.history.records[other.position];
  const before = other && shown && { test, status: other.status, step: shown.step.id };
  return { known, record, since, before };
}

/** A test's result: when it came to be so, the changes that lie between, and the result before. */
export function explainTest(
  index: CauseIndex,
  { test, position, note }: { readonly test: string; readonly position: number; readonly note?: string },
): Explanation | undefined {
  const course = readTestCourse(index, test, position);
  if (!course) return undefined;
  const { known, record, since, before } = course;
  const because: Subject[] = [];
  if (since !== record)
    because.push({ kind: 'test', test, position: since.position, note: 'for the first time' });
  else because.push(...changesFor(index, course));
  for (const error of since === record ? record.errors.slice(0, 1) : [])
    because.push({ kind: 'error', number: error.number });
  const last = before && index.history.position(before.step);
  if (since === record && last !== undefined)
    because.push({ kind: 'test', test, position: last, note: 'before that' });
  return {
    key: `test ${test} ${record.position}`,
    cause: {
      kind: 'test-result',
      step: record.step.id,
      position: record.position,
      what: `${test} ${known.status}${note === undefined ? '' : ` ${note}`}`,
      provenance: 'recorded',
      evidence: citeResult(record, lineOfResult(test, record), record.tests?.summary),
    },
    because,
  };
}

/** The changes between the result before and this one: those to files that the test names, else the newest ones. */
function changesFor(index: CauseIndex, { known, since, before }: TestCourse): Subject[] {
  const from = before ? (index.history.position(before.step) ?? -1) : -1;
  const names = namesInTest(index, known, since);
  const named: Subject[] = [];
  const others: Subject[] = [];
  const seen = new Set<string>();
  for (let p = since.position, steps = 0; p > from && steps < MOST_STEPS; p--, steps++) {
    const record = index.history.records[p];
    for (const path of record?.changed ?? []) {
      const version = index.versionAt(path, p);
      if (version?.madeBy === undefined || version.madeBy !== record?.step.id || seen.has(path)) continue;
      seen.add(path);
      if (isNamed(version, names)) named.push({ ...versionSubject(version), provenance: 'derived' });
      else if (others.length < CHANGES) others.push({ ...versionSubject(version), provenance: 'assumed' });
    }
    if (named.length >= CHANGES) break;
  }
  return (named.length > 0 ? named : others).slice(0, CHANGES);
}

const SAYS = /fail|error|pass|\bok\b|skip|[✓✔✗✕×]/i;
const LOOKED_AT = 20;

/** The line of the output that states the result: one that names the test and says how it ended. */
function lineOfResult(test: string, { step }: StepRecord): string | undefined {
  const output = step.observation ?? '';
  const names = [test, test.split(/::| > /).at(-1) ?? '', test.split(' ')[0] ?? ''].filter(
    (name) => name !== '',
  );
  for (const name of names) {
    let first: string | undefined;
    for (let at = output.indexOf(name), seen = 0; at >= 0 && seen < LOOKED_AT; seen++) {
      const end = output.indexOf('\n', at);
      const line = output.slice(output.lastIndexOf('\n', at) + 1, end < 0 ? undefined : end);
      first ??= line;
      if (SAYS.test(line)) return line;
      at = output.indexOf(name, at + 1);
    }
    if (first !== undefined) return first;
  }
  return undefined;
}
