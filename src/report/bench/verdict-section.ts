import type { ScoreReport, SystemInfo, VerdictReport } from '../../bench/score-report.ts';
import { formatNumber } from './format-value.ts';
import { cell, markdownTable } from './markdown-table.ts';
import { knowsOutcome } from './pick-figures.ts';
import { joinSections, type Section, tableWithFigure } from './section.ts';
import { drawBars } from './svg/draw-bars.ts';
import { drawLines } from './svg/draw-lines.ts';
import { drawReliability } from './svg/draw-reliability.ts';
import { markStyles } from './svg/mark-style.ts';

/** Shares of solved runs accused at which the curve is read off. */
const ACCUSED = [0.02, 0.05, 0.1, 0.2];

/** The verdicts of some systems of a report, and what sets them apart from the others. */
interface Judges {
  readonly systems: readonly SystemInfo[];
  readonly verdicts: readonly VerdictReport[];
  /** Ends the names of their figures. */
  readonly suffix: string;
}

/**
 * How far failed runs are told from solved ones, and whether the beliefs mean what they say. Systems that know the outcome
 * stand apart: their verdicts show whether they believe what they are told.
 */
export function verdictSection(score: ScoreReport): Section {
  return joinSections([
    judgesSection(score, (system) => !knowsOutcome(system), '## Found and accused', [], ''),
    judgesSection(
      score,
      knowsOutcome,
      '## Found and accused, the outcome known',
      [
        'These systems were told how each run ended, where it was recorded: this says whether they follow it, not what they can tell.',
      ],
      '-known',
    ),
  ]);
}

function judgesSection(
  score: ScoreReport,
  isAsked: (system: SystemInfo) => boolean,
  heading: string,
  about: readonly string[],
  suffix: string,
): Section {
  const systems = score.systems.filter(isAsked);
  const names = new Set(systems.map(({ name }) => name));
  const verdicts = score.verdicts.filter(({ system }) => names.has(system));
  if (verdicts.length === 0) return { lines: [], files: [] };
  const judges = { systems, verdicts, suffix };
  const section = joinSections([countSection(judges), curveSection(judges), reliabilitySection(judges)]);
  return {
    lines: [heading, '', ...about.flatMap((text) => [text, '']), ...section.lines],
    files: section.files,
  };
}

function countSection(judges: Judges): Section {
  const { verdicts, suffix } = judges;
  const kinds = [
    ...new Set(
      verdicts.flatMap(({ kinds: { failed, solved } }) => [...Object.keys(failed), ...Object.keys(solved)]),
    ),
  ];
  const rows = verdicts.flatMap(({ system, failed, solved, kinds: counts }) => [
    [system, 'failed', String(failed), ...kinds.map((kind) => share(counts.failed[kind], failed))],
    ['', 'solved', String(solved), ...kinds.map((kind) => share(counts.solved[kind], solved))],
  ]);
  const title = 'Verdicts of failed and of solved runs';
  const styles = stylesOf(judges);
  return tableWithFigure({
    heading: '### Verdicts as given',
    about: [
      'Which verdict failed and solved runs got. A solved run with a `decisive-failure` is accused wrongly; `undecided` abstains.',
    ],
    table: markdownTable(
      [
        { title: 'system' },
        { title: 'runs that' },
        { title: 'n', number: true },
        ...kinds.map((kind) => ({ title: kind, number: true })),
      ],
      rows,
    ),
    name: `verdict-kinds${suffix}`,
    alt: title,
    svg: drawBars({
      title,
      description: verdicts
        .map(({ system, failed, solved }) => `${system}: ${failed} failed and ${solved} solved runs.`)
        .join(' '),
      panels: kinds.map((kind) => ({ title: kind })),
      rows: verdicts.flatMap(({ system, failed, solved, kinds: counts }) =>
        (
          [
            ['failed', failed, counts.failed],
            ['solved', solved, counts.solved],
          ] as const
        ).map(([outcome, total, of]) => ({
          label: `${system}: ${outcome}`,
          style: styles.get(system) ?? 'rule',
          values: kinds.map((kind) => ({ value: total === 0 ? undefined : (of[kind] ?? 0) / total })),
        })),
      ),
    }),
  });
}

function share(count: number | undefined, total: number): string {
  return total === 0 ? '–' : `${formatNumber((count ?? 0) / total)} (${count ?? 0})`;
}

function curveSection(judges: Judges): Section {
  const { verdicts, suffix } = judges;
  const styles = stylesOf(judges);
  const title = 'Failed runs found against solved runs accused';
  return tableWithFigure({
    heading: '### Found against accused, over every threshold',
    about: [
      'Share of failed runs found where at most a share of solved runs is accused, at the best threshold for that share; *area* is that under the whole curve: chance is the diagonal, an area of 0.5. The point is where the verdicts as given lie.',
    ],
    table: markdownTable(
      [
        { title: 'system' },
        { title: 'failed', number: true },
        { title: 'solved', number: true },
        { title: 'found', number: true },
        { title: 'accused', number: true },
        ...ACCUSED.map((limit) => ({ title: `found at ≤ ${limit * 100}% accused`, number: true })),
        { title: 'area', number: true },
      ],
      verdicts.map((verdict) => [
        verdict.system,
        String(verdict.failed),
        String(verdict.solved),
        formatNumber(verdict.point?.found),
        formatNumber(verdict.point?.accused),
        ...ACCUSED.map((limit) => formatNumber(foundAt(verdict, limit))),
        formatNumber(verdict.area),
      ]),
    ),
    name: `verdict-curve${suffix}`,
    alt: title,
    svg: drawLines({
      title,
      description: verdicts
        .map(
          ({ system, point, area }) =>
            `${system}: found ${formatNumber(point?.found)}, accused ${formatNumber(point?.accused)}, area ${formatNumber(area)}.`,
        )
        .join(' '),
      x: 'share of solved runs accused',
      y: 'share of failed runs found',
      diagonal: 'chance',
      curves: verdicts.map(({ system, curve, point }) => ({
        label: system,
        style: styles.get(system) ?? 'rule',
        // With no accusation at all nothing is found: every curve starts there.
        points:
          curve.length === 0
            ? []
            : [{ x: 0, y: 0 }, ...curve.map(({ accused, found }) => ({ x: accused, y: found }))],
        ...(point && { mark: { x: point.accused, y: point.found } }),
      })),
    }),
  });
}

function foundAt({ curve }: VerdictReport, limit: number): number | undefined {
  if (curve.length === 0) return undefined;
  return curve.reduce(
    (best, { accused, found }) => (accused <= limit + 1e-9 ? Math.max(best, found) : best),
    0,
  );
}

function reliabilitySection(judges: Judges): Section {
  const { verdicts, suffix } = judges;
  const styles = stylesOf(judges);
  const title = 'Belief in a failure against the share that failed';
  return tableWithFigure({
    heading: '### Calibration',
    about: [
      'How often runs failed for which a failure was believed with a given strength. On the diagonal a belief means what it says. Brier is the mean squared error of the belief, beside that of always answering with the share of failed runs (`reference`); lower is better.',
    ],
    table: markdownTable(
      [
        { title: 'system' },
        { title: 'belief' },
        { title: 'n', number: true },
        { title: 'mean belief', number: true },
        { title: 'share that failed', number: true },
      ],
      verdicts.flatMap(({ system, reliability }) =>
        reliability
          .filter((bin) => bin.n > 0)
          .map((bin, index) => [
            index === 0 ? system : '',
            `${formatNumber(bin.low, 1)} to ${formatNumber(bin.high, 1)}`,
            String(bin.n),
            formatNumber(bin.belief),
            formatNumber(bin.failed),
          ]),
      ),
    ),
    notes: verdicts.map(
      ({ system, brier, brierReference, calibrationError }) =>
        `${cell(system)}: Brier ${formatNumber(brier)}, reference ${formatNumber(brierReference)}, calibration error ${formatNumber(calibrationError)}.`,
    ),
    name: `verdict-reliability${suffix}`,
    alt: title,
    svg: drawReliability({
      title,
      description: verdicts
        .map(
          ({ system, brier, brierReference }) =>
            `${system}: Brier ${formatNumber(brier)}, reference ${formatNumber(brierReference)}.`,
        )
        .join(' '),
      panels: verdicts.map(({ system, reliability }) => ({
        name: system,
        style: styles.get(system) ?? 'rule',
        bins: reliability,
      })),
    }),
  });
}

function stylesOf({ systems, verdicts }: Judges): Map<string, string> {
  const judging = new Set(verdicts.map(({ system }) => system));
  return markStyles(systems.filter(({ name }) => judging.has(name)));
}
