import { joinPath } from '../../base/path.ts';
import { splitLines } from '../../base/text.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { TestReport, TestResult } from '../../model/test-result.ts';
import { parseCtrf } from '../../testreports/ctrf.ts';
import { parseTestOutput } from '../../testreports/parse-test-output.ts';
import type { ArtifactReader } from '../port.ts';

/** The checker's tests with the reasons of those that failed, from its report and from what it printed. */
export async function addChecks(run: RunBuilder, folder: string, reader: ArtifactReader): Promise<void> {
  const reportPath = joinPath(folder, 'verifier/ctrf.json');
  const printedPath = joinPath(folder, 'verifier/test-stdout.txt');
  const document = await reader.json(reportPath);
  if (document) run.log.addAll(document.diagnostics);
  const report = document && parseCtrf(document.value);
  const printed = (await reader.text(printedPath))?.text;
  const output = printed === undefined ? undefined : parseTestOutput(undefined, printed);
  if (report && report.results.length > 0) {
    run.checks.push(...report.results.map((result) => explain(result, output, reportPath)));
    addReportSignal(run, report, reportPath);
    return;
  }
  if (output)
    run.checks.push(...output.results.map((result) => ({ ...result, place: { artifact: printedPath } })));
  else if (printed !== undefined) noteBrokenChecker(run, printed, printedPath);
}

/** What the checker printed says more than a report without a message. */
function explain(result: TestResult, output: TestReport | undefined, artifact: string): TestResult {
  const place = { artifact };
  if (result.message !== undefined || result.status === 'passed') return { ...result, place };
  const same = output?.results.find(({ test }) => test === result.test || test.endsWith(`/${result.test}`));
  return same?.message === undefined ? { ...result, place } : { ...result, message: same.message, place };
}

function addReportSignal(run: RunBuilder, report: TestReport, artifact: string): void {
  const bad = report.results.filter(({ status }) => status === 'failed' || status === 'error').length;
  const good = report.results.filter(({ status }) => status === 'passed').length;
  if (bad + good === 0) return;
  run.outcomeSignals.push({
    source: 'verifier/ctrf.json',
    authority: 'checker',
    says: bad > 0 ? 'failed' : 'solved',
    detail: `${good} of ${report.results.length} checks passed`,
    place: { artifact },
  });
}

/** Words by which a shell says that a program of the checker itself could not be had or run. */
const BROKEN = [
  /: command not found$/,
  /^curl: \(\d+\) (?:Failed to connect|Could not resolve)/,
  /^E: (?:Unable to fetch|Failed to fetch)/,
  /: No such file or directory$/,
  /^error: (?:Failed to fetch|Request failed)/,
];

/** A checker that printed no test at all and could not start its runner failed for reasons of its own. */
function noteBrokenChecker(run: RunBuilder, printed: string, artifact: string): void {
  const lines = splitLines(printed);
  for (let i = lines.length - 1; i >= Math.max(0, lines.length - 40); i--) {
    const line = lines[i] ?? '';
    if (!BROKEN.some((pattern) => pattern.test(line))) continue;
    const message = `the verifier ran no test: ${line}`;
    run.exceptions.push({ kind: 'harness', message, quote: line, place: { artifact, line: i + 1 } });
    return;
  }
}
