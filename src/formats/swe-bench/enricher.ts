import type { RunBuilder } from '../../model/run-builder.ts';
import type { TestResult } from '../../model/test-result.ts';
import type { Enricher } from '../format.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { chooseReports } from './choose-reports.ts';
import { climb, findReports, type ReportFile } from './find-reports.ts';
import { findInstanceId } from './instance-id.ts';
import { readReport } from './read-report.ts';

/** Outcome and checks of an attempt at a SWE-bench instance, from the reports of the benchmark's harness around it. */
export const sweBenchEnricher: Enricher = {
  id: 'swe-bench',
  title: 'SWE-bench reports (report.json, results.json, <model>.<run>.json)',
  enrich: enrichFromReports,
};

async function enrichFromReports(run: RunBuilder, artifact: Entry, reader: ArtifactReader): Promise<void> {
  const names = (await climb(artifact.path, reader)).map(({ name }) => name);
  const id = findInstanceId(run.task?.id, artifact.path, names);
  if (id === undefined) return;
  if (run.task?.id === undefined) run.task = { ...run.task, id };
  const { folders, siblings, reports } = await findReports(id, artifact.path, reader);
  const speaking = await readAll(run, id, reports, reader);
  const own = { folders: folders.filter((name) => name !== id), siblings, model: run.model };
  const chosen = chooseReports(
    speaking.map(({ report }) => report),
    own,
  );
  if (chosen.ambiguous.length > 0) {
    const list = chosen.ambiguous.join(', ');
    const message = `several graded runs hold ${id} and none is named like this one (${list})`;
    run.log.add('ambiguous-report', 'warning', message);
  }
  const checks = new Map<string, TestResult>();
  for (const { report, verdict } of speaking) {
    if (!chosen.reports.includes(report)) continue;
    run.artifact({ path: report.path, use: 'enrichment' });
    const runName = report.runNames.at(-1);
    run.outcomeSignals.push({
      source: runName === undefined ? 'SWE-bench report' : `SWE-bench report of ${runName}`,
      says: verdict.says,
      detail: verdict.detail,
      quote: verdict.quote,
      place: { artifact: report.path, pointer: verdict.pointer },
      authority: 'checker',
    });
    for (const check of verdict.checks) if (!checks.has(check.test)) checks.set(check.test, check);
  }
  run.checks.push(...checks.values());
  if (chosen.reports.length === 0) judgeWithoutPatch(run, artifact.path);
}

/** Formats that always record what was submitted. */
const RECORD_SUBMISSION = ['mini-swe-agent', 'swe-agent'];

/** These tasks are graded by the patch alone: an attempt that ended without one was not graded, but did not solve it. */
function judgeWithoutPatch(run: RunBuilder, artifact: string): void {
  if (!RECORD_SUBMISSION.includes(run.format)) return;
  const [exception] = run.exceptions;
  const ended = run.exitStatus !== undefined || exception !== undefined;
  if (!ended || (run.submission && run.submission.text.trim() !== '')) return;
  run.outcomeSignals.push({
    source: 'submission',
    says: 'failed',
    detail: `exit status ${run.exitStatus ?? 'unknown'}, no patch was submitted`,
    place: exception?.place ?? { artifact, pointer: '/info/exit_status' },
    authority: 'harness',
  });
}

async function readAll(run: RunBuilder, id: string, reports: readonly ReportFile[], reader: ArtifactReader) {
  const speaking: { report: ReportFile; verdict: NonNullable<ReturnType<typeof readReport>> }[] = [];
  for (const report of reports) {
    const document = await reader.json(report.path);
    if (!document) continue;
    const verdict = readReport(document.value, id, report.path);
    if (verdict) speaking.push({ report, verdict });
    else run.log.addAll(document.diagnostics);
  }
  return speaking;
}
