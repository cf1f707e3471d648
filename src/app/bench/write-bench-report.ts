import { join } from 'node:path';
import { compareSystems } from '../../bench/compare-systems.ts';
import type { ScoreOptions } from '../../bench/score-options.ts';
import { scoreSystems } from '../../bench/score-systems.ts';
import { writeFileAtomic } from '../../io/write.ts';
import { renderBenchReport } from '../../report/bench/render-bench-report.ts';
import type { BenchReportDocument, BenchReportFile } from './bench-documents.ts';
import type { BenchManifest } from './bench-manifest.ts';
import { choosePairs } from './choose-pairs.ts';
import type { Measured } from './gather-entrants.ts';

/** Scores, compares and writes `report.md`, `report.json` and the figures into a folder. */
export async function writeBenchReport(
  folder: string,
  { labels, entrants, notes }: Measured,
  manifest: BenchManifest | undefined,
  options: ScoreOptions = {},
): Promise<BenchReportDocument> {
  const score = scoreSystems(labels, entrants, options);
  const comparisons = choosePairs(score, entrants).map(([a, b]) => compareSystems(labels, a, b, options));
  const facts = [...(manifest ? describeOrigin(manifest) : []), ...notes.map((note): Fact => ['note', note])];
  const data: BenchReportFile = { schema: 'codetracer.bench-report-data/1', facts, score, comparisons };
  const files = [
    ...renderBenchReport(score, comparisons, { facts }),
    { path: 'report.json', text: `${JSON.stringify(data, null, 2)}\n` },
  ];
  for (const { path, text } of files) await writeFileAtomic(join(folder, path), text);
  return {
    schema: 'codetracer.bench-report/1',
    folder,
    files: files.map(({ path }) => path),
    notes: [...notes],
  };
}

type Fact = [name: string, value: string];

function describeOrigin({ code, node, data, settings, counts, finished }: BenchManifest): Fact[] {
  const commit = code.commit === undefined ? '' : `, commit ${code.commit.slice(0, 12)}`;
  const sample = settings.sample === undefined ? '' : `, a sample with seed ${settings.sample}`;
  return [
    ['code', `codetracer ${code.version}${commit}, digest ${code.digest.slice(0, 12)}`],
    ['weights', `digest ${code.weights.slice(0, 12)}`],
    ['Node', node],
    ...data.files.map(({ path, sha256 }): Fact => ['labels', `${path}, SHA-256 ${sha256.slice(0, 12)}`]),
    ['outcome of the runs', settings.outcome],
    [
      'cases',
      `${counts.cases}${settings.limit === undefined ? '' : ` (--limit ${settings.limit})`}${sample}`,
    ],
    ...(finished === undefined ? [] : [['finished', finished] satisfies Fact]),
  ];
}
