import { firstLine } from '../../base/text.ts';
import { causeIndexOf } from '../../state/causes/cause-index.ts';
import { readTestCourse } from '../../state/causes/explain/explain-test.ts';
import { findTests } from '../../state/causes/find-named.ts';
import type { Analysis } from '../analysis.ts';
import { sayCandidates } from '../find-path.ts';
import { type Target, unknownTarget } from './target.ts';
import type { Asked } from './why-answer.ts';

export function askTest({ history }: Analysis, { name, text, position }: Target): Asked {
  const found = findTests(history, name, position);
  const [only] = found;
  if (found.length > 1)
    throw unknownTarget(text, `${found.length} tests fit`, sayCandidates(found.map(({ test }) => test)));
  const course = only && readTestCourse(causeIndexOf(history), only.test, position);
  if (!course) {
    const known = [...history.at(position).tests.keys()];
    throw unknownTarget(
      text,
      'no result of that test is known',
      known.length === 0 ? 'no result of any single test is known there' : sayCandidates(known),
    );
  }
  const { known, record, since, before } = course;
  const held = since === record ? '' : `, as since step ${since.step.id}`;
  const was = before
    ? `; it ${before.status} before that, at step ${before.step}`
    : '; no other result before it is known';
  const stale =
    known.staleSince === undefined ? '' : `; out of date since step ${known.staleSince} changed files`;
  return {
    answer: `${known.test} ${known.status} at step ${known.step}${held} (${firstLine(record.step.action, 80)})${was}${stale}`,
    roots: [{ kind: 'test', test: known.test, position }],
  };
}
