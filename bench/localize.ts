/**
 * Localization, labels and verdict on labelled runs beside constant rules and the ceilings of the labels:
 * `npx tsx bench/localize.ts [--ablate] [data...]`. Data are what `codetracer bench run` reads; without any, the labelled
 * runs and the sets of points of no return on this machine, each for itself. The figures are those of
 * `codetracer bench score`, with the shipped weights: label and onset weights were fitted on the labelled runs, so the
 * honest figures for these are the cross-validated ones of bench/fit.ts.
 */
import { join } from 'node:path';
import { answerCase } from '../src/app/bench/answer-case.ts';
import { benchSystems } from '../src/app/bench/bench-systems.ts';
import { loadDataset } from '../src/app/bench/load-dataset.ts';
import type { CaseLabels, Prediction } from '../src/bench/bench-case.ts';
import { compareSystems } from '../src/bench/compare-systems.ts';
import type { Entrant } from '../src/bench/entrant.ts';
import type { FigureValue, ScoreReport } from '../src/bench/score-report.ts';
import { scoreSystems } from '../src/bench/score-systems.ts';
import type { System } from '../src/bench/system.ts';
import { CORPUS, LABELLED } from '../test/support/corpus.ts';
import { printTable } from './lib/table.ts';

const ONSET = ['onset-exact', 'onset-within-1', 'onset-within-2', 'onset-within-5', 'onset-reciprocal-rank'];
const LABELS = ['incorrect-f1', 'incorrect-f1-all-rows', 'unuseful-f1', 'unuseful-f1-all-rows', 'union-f1'];
const OTHERS = [
  'stage-responsible',
  'stage-incorrect-f1',
  'read-half-wrong',
  'verdict-found',
  'verdict-accused',
];
/** Differences from the best rule are printed for these, and from the rules that are named. */
const COMPARED = ['onset-exact', 'onset-within-2', 'incorrect-f1', 'unuseful-f1'];
const RIVALS = ['last-step', 'middle', 'all-steps'];

async function measure(paths: readonly string[], systems: readonly System[]): Promise<void> {
  const dataset = await loadDataset(paths, { corpus: CORPUS });
  const labels: CaseLabels[] = [];
  const answers = new Map<string, Prediction[]>(systems.map(({ name }) => [name, []]));
  for (const source of dataset.cases) {
    const opened = await source.open();
    const own = dataset.labels.get(source.id);
    if (opened.kind === 'refused' || opened.steps || !own) continue;
    labels.push(own);
    for (const answer of answerCase(opened.subject, systems)) {
      if ('prediction' in answer) answers.get(answer.system.name)?.push(answer.prediction);
    }
  }
  const entrants = systems.map(
    ({ name, kind, about }): Entrant => ({ name, kind, about, predictions: answers.get(name) ?? [] }),
  );
  const report = scoreSystems(labels, entrants);
  console.log(
    `\n${labels.length} of ${dataset.cases.length + dataset.refusals.length} rows, ${report.cases.tasks} tasks\n`,
  );
  for (const ids of [ONSET, LABELS, OTHERS]) printFigures(report, ids);
  printDifferences(report, labels, entrants);
}

function printFigures(report: ScoreReport, ids: readonly string[]): void {
  const rows = report.slices[0]?.rows ?? [];
  const asked = ids.filter((id) => rows.some(({ figures }) => (figures[id]?.n ?? 0) > 0));
  if (asked.length === 0) return;
  printTable([
    ['system', ...asked],
    ...rows.map(({ system, figures }) => [system, ...asked.map((id) => describe(figures[id]))]),
  ]);
  console.log('');
}

function describe(figure: FigureValue | undefined): string {
  if (figure?.value === undefined) return '-';
  const { value, interval, n } = figure;
  const range = interval ? ` [${interval.low.toFixed(2)}, ${interval.high.toFixed(2)}]` : '';
  return `${value.toFixed(3)}${range} n=${n}`;
}

function printDifferences(
  report: ScoreReport,
  labels: readonly CaseLabels[],
  entrants: readonly Entrant[],
): void {
  const own = entrants.find(({ name }) => name === 'codetracer');
  if (!own) return;
  const table: string[][] = [
    ['codetracer minus', 'figure', 'difference', '95% interval', 'p', 'wins/ties/losses'],
  ];
  for (const id of COMPARED) {
    const best = report.slices[0]?.bestRules[id];
    if (best === undefined) continue;
    for (const name of new Set([best, ...RIVALS])) {
      const rival = entrants.find((entrant) => entrant.name === name);
      const row = rival && compareSystems(labels, own, rival).figures.find((figure) => figure.id === id);
      if (!row?.interval) continue;
      const { difference = 0, interval, p = 1, wins, ties, losses } = row;
      table.push([
        name === best ? `${name} (best rule)` : name,
        id,
        difference.toFixed(3),
        `[${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]`,
        p.toFixed(4),
        `${wins}/${ties}/${losses}`,
      ]);
    }
  }
  printTable(table);
}

const flags = process.argv.slice(2);
const ablate = flags.includes('--ablate');
const systems = benchSystems().filter(({ kind }) => ablate || kind !== 'ablation');
const named = flags.filter((flag) => !flag.startsWith('--'));
const sets =
  named.length > 0 ? [named] : ['runs', 'point-of-no-return'].map((name) => [join(LABELLED, name)]);
for (const paths of sets) await measure(paths, systems);
