import type { CompareReport } from '../../bench/compare-report.ts';
import { type ScoreReport, SLICE_KINDS } from '../../bench/score-report.ts';
import { agreementSection } from './agreement-section.ts';
import { compareSection } from './compare-section.ts';
import { figureSection } from './figure-section.ts';
import { cell } from './markdown-table.ts';
import { readingSection } from './reading-section.ts';
import { joinSections, type ReportFile, type Section } from './section.ts';
import { sliceSection } from './slice-section.ts';
import { costSection, systemSection } from './system-section.ts';
import { verdictSection } from './verdict-section.ts';

export interface BenchReportOptions {
  /** Where the figures come from (data, their digests, version of the code, settings), as name and value. */
  readonly facts?: readonly (readonly [name: string, value: string])[];
}

/**
 * Scores as people read them: `report.md`, and below `figures/` an SVG for each table of figures. Paths are relative to
 * the report's folder. Equal scores give equal bytes.
 */
export function renderBenchReport(
  score: ScoreReport,
  comparisons: readonly CompareReport[] = [],
  { facts = [] }: BenchReportOptions = {},
): readonly ReportFile[] {
  const section = joinSections([
    introduction(score, facts),
    systemSection(score),
    figureSection(score, 'onset'),
    figureSection(score, 'steps'),
    figureSection(score, 'stages'),
    figureSection(score, 'reading'),
    readingSection(score),
    figureSection(score, 'verdict'),
    verdictSection(score),
    compareSection(comparisons),
    ...SLICE_KINDS.filter((kind) => kind !== 'all').map((kind) => sliceSection(score, kind)),
    agreementSection(score),
    costSection(score),
  ]);
  return [{ path: 'report.md', text: `${section.lines.join('\n').trimEnd()}\n` }, ...section.files];
}

function introduction({ cases, settings }: ScoreReport, facts: BenchReportOptions['facts'] = []): Section {
  const outcomes = [
    `${cases.failed} failed`,
    `${cases.solved} solved`,
    ...(cases.outcomeUnknown > 0 ? [`${cases.outcomeUnknown} without a known outcome`] : []),
  ];
  return {
    lines: [
      '# Benchmark report',
      '',
      `${cases.total} cases of ${cases.tasks} tasks (${outcomes.join(', ')}): ${cases.withOnset} with an onset, ${cases.withIncorrect} with incorrect steps, ${cases.withUnuseful} with unuseful steps, ${cases.withStages} with stages, ${cases.readTwice} read twice.`,
      '',
      `In brackets: ${settings.level * 100}% percentile bootstrap intervals, clustered by task (${settings.resamples} resamples, seed ${settings.seed}). A dash is a figure that no case counts for.`,
      '',
      ...facts.map(([name, value]) => `- ${cell(name)}: ${cell(value)}`),
      ...(facts.length > 0 ? [''] : []),
    ],
    files: [],
  };
}
