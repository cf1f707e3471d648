/**
 * The verdict with outcome and checkers' results withheld, on every run of the corpus whose outcome is known:
 * `npx tsx bench/verdict.ts [--curve FILE.json]`. Every figure but the one named so comes from heads that were fitted,
 * with all their choices, without the run's task (or its format). Then: which failed runs of the labelled ones are told
 * to have failed by their surroundings, beside the labelled causes.
 */
import { writeFileSync } from 'node:fs';
import { analyze } from '../src/app/analyze.ts';
import {
  brierReference,
  calibrationError,
  reliabilityTable,
  squaredError,
} from '../src/bench/metrics/calibration.ts';
import { areaUnderCurve, foundAccusedCurve, type Judged } from '../src/bench/metrics/verdict-curve.ts';
import { estimateRatio } from '../src/bench/statistics/bootstrap.ts';
import { drawResamples, numberClusters } from '../src/bench/statistics/resample.ts';
import { readLabelledRun, readLabels } from './lib/labelled-runs.ts';
import { printTable, share } from './lib/table.ts';
import { loadVerdictExamples, type VerdictExample } from './lib/verdict-examples.ts';
import { areaWithinFormats, foldByTask, type Judgement, judgeOutside } from './lib/verdict-fit.ts';

const SEED = 1;
const examples = await loadVerdictExamples();
if (examples.length === 0) throw new Error('no corpus on this machine (set CODETRACER_CORPUS)');
const byTask = judgeOutside(examples, foldByTask(examples, SEED), SEED);
const byFormat = judgeOutside(examples, ({ format }) => format, SEED);

const { of, count: clusters } = numberClusters(examples.map(({ task }) => task));
const clustered = { of, resamples: drawResamples(clusters, 2000, SEED) };

/** Share of the failed (or solved) runs that the test holds for, with its interval, tasks resampled. */
function shareOf(bad: boolean, holds: (index: number) => boolean): string {
  const parts = examples.map((one, index) =>
    one.failed === bad ? { over: holds(index) ? 1 : 0, under: 1 } : undefined,
  );
  const { value, interval } = estimateRatio(parts, clustered, 0.95);
  if (value === undefined) return '-';
  return interval
    ? `${value.toFixed(3)} [${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]`
    : value.toFixed(3);
}

function judged(judgements: readonly Judgement[], keep: (one: VerdictExample) => boolean): Judged[] {
  return examples.flatMap((one, index) =>
    keep(one) ? [{ belief: judgements[index]?.belief ?? 0, failed: one.failed }] : [],
  );
}

const failed = examples.filter((one) => one.failed).length;
const pair = (name: string, holds: (index: number) => boolean): string[] => [
  name,
  shareOf(true, holds),
  shareOf(false, holds),
];
printTable([
  ['accused, outcome withheld', `of ${failed} failed`, `of ${examples.length - failed} solved`],
  pair('cross-validated by task', (index) => byTask[index]?.kind === 'accused'),
  pair('fitted without the format', (index) => byFormat[index]?.kind === 'accused'),
  pair(
    'weights in use, which saw these runs',
    (index) => examples[index]?.verdict.kind === 'decisive-failure',
  ),
  pair('baseline: accuse everybody', () => true),
  pair(
    'baseline: no last word, nothing handed in',
    (index) => (examples[index]?.facts['no-handover'] ?? 0) > 0,
  ),
  pair(
    'baseline: the last working step failed',
    (index) => (examples[index]?.facts['ends-on-failure'] ?? 0) > 0,
  ),
  pair('acquitted, cross-validated', (index) => byTask[index]?.kind === 'acquitted'),
  pair('undecided, cross-validated', (index) => byTask[index]?.kind === 'undecided'),
]);

const all = judged(byTask, () => true);
const table = reliabilityTable(all, 10);
const brier = all.reduce((sum, one) => sum + squaredError(one), 0) / all.length;
console.log('');
printTable([
  ['belief, cross-validated by task', 'value', 'reference'],
  ['area under the curve', areaUnderCurve(all).toFixed(3), '0.500 chance'],
  [
    'area within formats',
    areaWithinFormats(
      examples,
      byTask.map(({ belief }) => belief),
    ).toFixed(3),
    '0.500 chance',
  ],
  [
    'area within formats, format left out',
    areaWithinFormats(
      examples,
      byFormat.map(({ belief }) => belief),
    ).toFixed(3),
    '0.500 chance',
  ],
  ['Brier score', brier.toFixed(3), `${brierReference(all)?.toFixed(3) ?? '-'} base rate`],
  ['calibration error', calibrationError(table)?.toFixed(3) ?? '-', '0'],
]);
console.log('');
printTable([
  ['belief', 'runs', 'mean belief', 'failed'],
  ...table
    .filter(({ n }) => n > 0)
    .map(({ low, high, n, belief, failed: bad }) => [
      `${low.toFixed(1)} to ${high.toFixed(1)}`,
      n,
      belief?.toFixed(2) ?? '-',
      bad?.toFixed(2) ?? '-',
    ]),
]);

const curve = foundAccusedCurve(all);
console.log('');
printTable([
  ['solved accused, at most', 'failed found', 'from belief'],
  ...[0, 0.02, 0.05, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1].map((most) => {
    const point = curve.findLast(({ accused }) => accused <= most);
    return [most.toFixed(2), point?.found.toFixed(3) ?? '-', point?.threshold.toFixed(3) ?? '-'];
  }),
]);

for (const kind of ['format', 'agent'] as const) {
  console.log('');
  printTable([
    [kind, 'failed', 'found', 'solved', 'accused', 'area', 'area, format left out'],
    ...[...new Set(examples.map((one) => one[kind]))].sort().map((name) => {
      const own = (one: VerdictExample): boolean => one[kind] === name;
      const count = (bad: boolean, accusedOnly: boolean): number =>
        examples.filter(
          (one, index) =>
            own(one) && one.failed === bad && (!accusedOnly || byTask[index]?.kind === 'accused'),
        ).length;
      const area = (judgements: readonly Judgement[]): string => {
        const value = areaUnderCurve(judged(judgements, own));
        return Number.isNaN(value) ? '-' : value.toFixed(3);
      };
      return [
        name,
        count(true, false),
        share(count(true, true), count(true, false)),
        count(false, false),
        share(count(false, true), count(false, false)),
        area(byTask),
        area(byFormat),
      ];
    }),
  ]);
}

const at = process.argv.indexOf('--curve');
const target = at < 0 ? undefined : process.argv[at + 1];
if (target !== undefined) writeFileSync(target, `${JSON.stringify(curve, null, 2)}\n`);
if (process.argv.includes('--runs')) {
  const order = examples.map((one, index) => ({ one, belief: byTask[index]?.belief ?? 0 }));
  for (const { one, belief } of order.toSorted((a, b) => b.belief - a.belief))
    console.log(belief.toFixed(3), one.failed ? 'failed' : 'solved', one.path);
}

const tally = { both: 0, told: 0, labelled: 0, neither: 0 };
for (const row of readLabels()) {
  if (row.solved) continue;
  const { diagnosis } = analyze(await readLabelledRun(row));
  const told = diagnosis.verdict.kind === 'infrastructure-failure';
  const labelled = row.annotations[0]?.cause === 'infrastructure';
  tally[told && labelled ? 'both' : told ? 'told' : labelled ? 'labelled' : 'neither']++;
}
console.log('');
printTable([
  ['failed labelled runs, outcome known', 'labelled: surroundings', 'labelled: own fault'],
  ['told: surroundings', tally.both, tally.told],
  ['told: own fault', tally.labelled, tally.neither],
  ['right', share(tally.both + tally.neither, tally.both + tally.told + tally.labelled + tally.neither), ''],
  [
    'right, always own fault',
    share(tally.told + tally.neither, tally.both + tally.told + tally.labelled + tally.neither),
    '',
  ],
]);
