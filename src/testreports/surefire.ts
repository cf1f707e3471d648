import { ReportDraft } from './report-draft.ts';
import type { Runner } from './runner.ts';

const TOTAL =
  /^(?:\[\w+\] )?Tests run: +(\d+), +Failures: +(\d+)(?:, +Errors: +(\d+))?(?:, +Skipped: +(\d+))?(, Time elapsed: .*)?$/;
const CASE =
  /^(?:\[\w+\] )?(\S+?)(?:\((\S+)\))? +(?:Time elapsed: |-- Time elapsed: )[\d.,]+ s(?:ec)? +<<< (FAILURE|ERROR)!?/;
const GRADLE = /^(\S+ > \S.*) (PASSED|FAILED|SKIPPED)$/;
const GRADLE_TOTAL = /^(\d+) tests? completed(?:, (\d+) failed)?(?:, (\d+) skipped)?$/;

/** Maven Surefire and Failsafe, and Gradle's test task. Names are `class.method`, or as Gradle prints them. */
export const surefire: Runner = {
  id: 'surefire',
  marks: ['Tests run: ', ' tests completed', ' test completed', '> Task :test'],
  commands: ['mvn', 'mvnw', 'gradle', 'gradlew'],
  parse({ lines }) {
    const draft = new ReportDraft('surefire');
    let failing: string | undefined;
    const messages = new Map<string, string>();
    for (const line of lines) {
      // The line below a failing case is its exception.
      if (failing !== undefined && line.trim() !== '') messages.set(failing, line.trim());
      failing = undefined;
      const total = TOTAL.exec(line);
      if (total) readTotal(line, total, draft);
      const found = CASE.exec(line);
      if (found?.[1] !== undefined && found[1] !== 'Tests') {
        failing = found[2] === undefined ? found[1] : `${found[2]}.${found[1]}`;
        draft.set(failing, found[3] === 'ERROR' ? 'error' : 'failed');
      }
      const gradle = GRADLE.exec(line);
      if (gradle?.[1] !== undefined) {
        draft.set(
          gradle[1],
          gradle[2] === 'PASSED' ? 'passed' : gradle[2] === 'FAILED' ? 'failed' : 'skipped',
        );
        if (gradle[2] === 'FAILED') failing = gradle[1];
      }
      const completed = GRADLE_TOTAL.exec(line);
      if (completed) {
        const [, all = '0', failed = '0', skipped = '0'] = completed;
        draft.summary = line;
        draft.recount({
          passed: Number(all) - Number(failed) - Number(skipped),
          failed: Number(failed),
          skipped: Number(skipped),
        });
      }
    }
    draft.enrich((test) => messages.get(test));
    return draft.build();
  },
};

/** Lines with a time are one class each and are summed; one without is the total and replaces the sum. */
function readTotal(line: string, total: RegExpExecArray, draft: ReportDraft): void {
  const [, run = '0', failed = '0', errors = '0', skipped = '0', elapsed] = total;
  const counts = {
    passed: Number(run) - Number(failed) - Number(errors) - Number(skipped),
    failed: Number(failed),
    errors: Number(errors),
    skipped: Number(skipped),
  };
  if (elapsed === undefined) draft.recount(counts);
  else draft.add(counts);
  draft.summary = line;
}
