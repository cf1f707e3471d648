import { pairedDifference } from '../../src/bench/statistics/paired-bootstrap.ts';
import type { Part } from '../../src/bench/statistics/ratio.ts';
import { drawResamples, numberClusters } from '../../src/bench/statistics/resample.ts';
import type { OnsetExample } from './onset-examples.ts';

/** What was predicted for a run while it was held out, once per dealing of the folds. */
export interface HeldOut {
  readonly example: OnsetExample;
  readonly predicted: readonly number[];
}

const KS = [0, 1, 2, 5] as const;
export const ONSET_COLUMNS = ['exact', 'within 1', 'within 2', 'within 5'] as const;

/** Share of the dealings in which the prediction lay at most `k` steps off. */
function hit({ example, predicted }: HeldOut, k: number): number {
  return predicted.filter((step) => Math.abs(step - example.onset) <= k).length / predicted.length;
}

function ruleHit({ rules, onset }: OnsetExample, rule: string, k: number): number {
  const step = rules.get(rule)?.onset[0]?.step;
  return step !== undefined && Math.abs(step - onset) <= k ? 1 : 0;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Exact, within 1, 2 and 5; mean over the dealings, and how far the dealings lie apart. */
export function scoreHeldOut(own: readonly HeldOut[]): { shares: number[]; spread: number[] } {
  const dealings = own[0]?.predicted.length ?? 0;
  const each = Array.from({ length: dealings }, (_, d) =>
    KS.map((k) =>
      mean(
        own.map(({ example, predicted }) => {
          const step = predicted[d] ?? 0;
          return Math.abs(step - example.onset) <= k ? 1 : 0;
        }),
      ),
    ),
  );
  return {
    shares: KS.map((k) => round(mean(own.map((one) => hit(one, k))))),
    spread: KS.map((_, i) => {
      const values = each.map((row) => row[i] ?? 0);
      return round(Math.max(...values) - Math.min(...values));
    }),
  };
}

/** The constant rules, best exact share first, with the paired difference in exact and within 2 (95 %, tasks resampled). */
export function compareWithRules(own: readonly HeldOut[], rules: readonly string[]): string[][] {
  const clusters = numberClusters(own.map(({ example }) => example.task));
  const clustered = { of: clusters.of, resamples: drawResamples(clusters.count, 2000, 1) };
  const parts = (share: (one: HeldOut) => number): Part[] =>
    own.map((one) => ({ over: share(one), under: 1 }));
  const gap = (rule: string, k: number): string => {
    const { difference = 0, interval } = pairedDifference(
      parts((one) => hit(one, k)),
      parts(({ example }) => ruleHit(example, rule, k)),
      clustered,
      0.95,
    );
    return `${signed(difference)} [${signed(interval?.low ?? Number.NaN)}, ${signed(interval?.high ?? Number.NaN)}]`;
  };
  const rows = rules.map((rule) => ({
    rule,
    shares: KS.map((k) => mean(own.map(({ example }) => ruleHit(example, rule, k)))),
  }));
  rows.sort((a, b) => (b.shares[0] ?? 0) - (a.shares[0] ?? 0));
  return rows.map(({ rule, shares }) => [
    rule,
    ...shares.map((value) => value.toFixed(3)),
    gap(rule, 0),
    gap(rule, 2),
  ]);
}

/** Hits and misses by a class of the runs; "earlier" and "later": more than two steps before or behind the label. */
export function tabulateErrors(
  title: string,
  own: readonly HeldOut[],
  classOf: (example: OnsetExample) => string | undefined,
): string[][] {
  const classes = new Map<string, HeldOut[]>();
  for (const one of own) {
    const name = classOf(one.example) ?? '-';
    const group = classes.get(name);
    if (group) group.push(one);
    else classes.set(name, [one]);
  }
  const share = (group: readonly HeldOut[], test: (distance: number) => boolean): string =>
    mean(
      group.map(
        ({ example, predicted }) =>
          predicted.filter((step) => test(step - example.onset)).length / predicted.length,
      ),
    ).toFixed(3);
  return [
    [title, 'runs', 'exact', 'within 2', 'earlier', 'later'],
    ...[...classes]
      .toSorted(([, a], [, b]) => b.length - a.length)
      .map(([name, group]) => [
        name,
        String(group.length),
        share(group, (distance) => distance === 0),
        share(group, (distance) => Math.abs(distance) <= 2),
        share(group, (distance) => distance < -2),
        share(group, (distance) => distance > 2),
      ]),
  ];
}

const SHOWN = 24;

/** The signals that tell onsets apart best: mean value on the onset and on the other steps of its run, means over the runs. */
export function tabulateSignals(examples: readonly OnsetExample[]): string[][] {
  const names = [...new Set(examples.flatMap(({ steps }) => steps.flatMap((step) => Object.keys(step))))];
  const rows = names.map((name) => {
    const onset = mean(examples.map(({ steps, onset: at }) => steps[at - 1]?.[name] ?? 0));
    const others = mean(
      examples.map(({ steps, onset: at }) =>
        mean(steps.filter((_, index) => index !== at - 1).map((step) => step[name] ?? 0)),
      ),
    );
    return { name, onset, others };
  });
  // A floor keeps signals that hold on one onset and nowhere else from the top.
  rows.sort((a, b) => b.onset / (b.others + 0.01) - a.onset / (a.others + 0.01));
  return [
    ['signal', 'onset', 'other steps'],
    ...rows.slice(0, SHOWN).map(({ name, onset, others }) => [name, onset.toFixed(3), others.toFixed(3)]),
  ];
}

function signed(value: number): string {
  return `${value >= 0 ? '+' : ''}${value.toFixed(3)}`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
