/**
 * How much of the files' history is known, over all runs of the corpus: versions that steps made, by format, with their
 * content known for sure (recorded or derived), assumed, or unknown; and what later whole reads of the same files say of
 * contents that were held for sure. Baseline: only what a step wrote whole.
 * Run: npx tsx bench/contents.ts [PATH...]   (by default the corpus; CODETRACER_CORPUS says where it is)
 */
import { readRuns } from '../src/app/read-runs.ts';
import { analyzeStep } from '../src/effects/analyze-step.ts';
import type { Run } from '../src/model/run.ts';
import type { FileVersion } from '../src/model/state.ts';
import { buildTimeline } from '../src/model/timeline.ts';
import { HistoryBuilder } from '../src/state/history-builder.ts';
import { parseTestOutput } from '../src/testreports/parse-test-output.ts';
import { CORPUS } from '../test/support/corpus.ts';
import { printTable, share } from './lib/table.ts';

class Tally {
  runs = 0;
  versions = 0;
  sure = 0;
  assumed = 0;
  unknown = 0;
  /** Versions that their step wrote whole: what is known without following anything. */
  wroteWhole = 0;
  /** Whole reads of files whose content was held for sure. */
  equal = 0;
  different = 0;

  add(run: Run): void {
    this.runs++;
    const { files } = playHistory(run);
    for (const path of files.paths) {
      for (const version of files.versions(path)) if (version.madeBy !== undefined) this.count(version);
    }
    this.equal += files.agreement.equal;
    this.different += files.agreement.different;
  }

  private count(version: FileVersion): void {
    this.versions++;
    const isKnown = !version.exists || version.content !== undefined;
    if (!isKnown) this.unknown++;
    else if (version.provenance === 'assumed') this.assumed++;
    else this.sure++;
    if (version.change?.kind === 'set') this.wroteWhole++;
  }
}

function playHistory(run: Run): HistoryBuilder {
  const builder = new HistoryBuilder(run, parseTestOutput);
  for (const step of buildTimeline(run)) builder.add(step, analyzeStep(step, builder.contextOf(step)));
  return builder;
}

const paths = process.argv.slice(2);
const total = new Tally();
const formats = new Map<string, Tally>();
for await (const item of readRuns(paths.length > 0 ? paths : [CORPUS])) {
  if (item.kind !== 'run' || item.run.steps.length === 0) continue;
  const tally = formats.get(item.run.format) ?? new Tally();
  formats.set(item.run.format, tally);
  tally.add(item.run);
  total.add(item.run);
}

const rows = [...formats].sort(([, a], [, b]) => b.versions - a.versions);
printTable([
  [
    'format',
    'runs',
    'versions',
    'sure',
    'assumed',
    'unknown',
    'written whole (baseline)',
    'reads that agree',
    'that differ',
  ],
  ...[...rows, ['all', total] as const].map(([name, tally]) => [
    name,
    tally.runs,
    tally.versions,
    share(tally.sure, tally.versions),
    share(tally.assumed, tally.versions),
    share(tally.unknown, tally.versions),
    share(tally.wroteWhole, tally.versions),
    tally.equal,
    tally.different,
  ]),
]);
