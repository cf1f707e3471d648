import { join } from 'node:path';
import { renderSteps } from '../exchange/render-steps.ts';
import { ensureFolder, writeFileAtomic, writeJsonArray, writeJsonStream } from '../io/write.ts';
import { renderTrace } from '../model/trace-file.ts';
import type { Analysis } from '../query/analysis.ts';
import { reportRun } from '../query/report-run.ts';
import {
  renderAnalysis,
  renderFeedback,
  renderLabels,
  renderStageRanges,
} from '../report/files/render-labels.ts';
import { renderTask } from '../report/files/render-task.ts';
import { renderHtml } from '../report/html/render-html.ts';
import { renderTree } from '../report/tree/render-tree.ts';

export interface WriteOptions {
  /** One self-contained page beside the data. */
  readonly html: boolean;
}

/** Writes all files of one analysed run under `folder/<run id>`. Answers their paths by name. */
export async function writeRun(
  analysis: Analysis,
  folder: string,
  options: WriteOptions,
): Promise<Record<string, string>> {
  const { run, tree } = analysis;
  const home = join(folder, run.id);
  await ensureFolder(home);
  const files: Record<string, string> = {};
  const place = (name: string): string => (files[name] = join(home, name));
  const report = reportRun(analysis);
  await writeJsonStream(place('trace.json'), renderTrace(run, { tree: tree.nodes, report }));
  await writeJsonArray(place('steps.json'), renderSteps(run));
  await writeFileAtomic(place('task.md'), renderTask(run));
  await writeJsonStream(place('tree.md'), withNewlines(renderTree(analysis)));
  await writeJsonArray(place('stage_ranges.json'), renderStageRanges(analysis));
  await writeJsonArray(place('codetracer_labels.json'), renderLabels(analysis));
  await writeFileAtomic(
    place('codetracer_analysis.json'),
    `${JSON.stringify(renderAnalysis(analysis), null, 2)}\n`,
  );
  await writeJsonArray(place('codetracer_rl_feedback.json'), renderFeedback(analysis));
  if (options.html) await writeJsonStream(place('report.html'), renderHtml(analysis, report));
  return files;
}

function* withNewlines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}
