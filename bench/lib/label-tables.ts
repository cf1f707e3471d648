import { scoreSteps } from '../../src/bench/metrics/step-sets.ts';
import { pairedDifference } from '../../src/bench/statistics/paired-bootstrap.ts';
import type { Part } from '../../src/bench/statistics/ratio.ts';
import { drawResamples, numberClusters } from '../../src/bench/statistics/resample.ts';
import type { Example } from './label-examples.ts';
import type { LabelKind, Predicted } from './label-heads.ts';
import { macroF1 } from './macro-f1.ts';

export interface LabelScore {
  readonly macroF1: number;
  readonly precision: number;
  readonly recall: number;
  readonly markedWithoutLabels: number;
}

export function scoreLabels(pairs: readonly Predicted[]): LabelScore {
  const sum = (pick: (score: ReturnType<typeof scoreSteps>) => number): number =>
    pairs.reduce((total, { predicted, actual }) => total + pick(scoreSteps(predicted, actual)), 0);
  const hits = sum((score) => score.hits);
  const empty = pairs.filter(({ actual }) => actual.length === 0);
  return {
    macroF1: macroF1(pairs),
    precision:
      hits /
      Math.max(
        1,
        sum((score) => score.predicted),
      ),
    recall:
      hits /
      Math.max(
        1,
        sum((score) => score.labelled),
      ),
    markedWithoutLabels:
      empty.reduce((total, { predicted }) => total + predicted.length, 0) / Math.max(1, empty.length),
  };
}

/** F1 of each run that has labels, as parts of a mean. */
function partsOf(pairs: readonly Predicted[]): (Part | undefined)[] {
  return pairs.map(({ predicted, actual }) =>
    actual.length === 0 ? undefined : { over: scoreSteps(predicted, actual).f1, under: 1 },
  );
}

/** Macro F1 beside every constant rule, best first, with the paired difference. */
export function compareWithRules(
  kind: LabelKind,
  examples: readonly Example[],
  own: readonly Predicted[],
): (string | number)[][] {
  const clusters = numberClusters(examples.map(({ task }) => task));
  const clustered = { of: clusters.of, resamples: drawResamples(clusters.count, 2000, 1) };
  const names = examples[0]?.rules.keys() ?? [];
  const rows = [...names].flatMap((name) => {
    const pairs = examples.map(({ rules, readings }) => ({
      predicted: [...(rules.get(name)?.[kind] ?? [])],
      actual: readings[0][kind],
    }));
    if (pairs.every(({ predicted }) => predicted.length === 0)) return [];
    const { difference = 0, interval } = pairedDifference(partsOf(own), partsOf(pairs), clustered, 0.95);
    return [{ name, f1: macroF1(pairs), difference, interval }];
  });
  rows.sort((a, b) => b.f1 - a.f1);
  return [
    ['rule', 'macro F1', 'difference', 'from', 'to'],
    ...rows.map(({ name, f1, difference, interval }) => [
      name,
      f1.toFixed(3),
      difference.toFixed(3),
      interval?.low.toFixed(3) ?? '-',
      interval?.high.toFixed(3) ?? '-',
    ]),
  ];
}

export function scoreByFormat(
  kind: LabelKind,
  examples: readonly Example[],
  own: readonly Predicted[],
): (string | number)[][] {
  const formats = [...new Set(examples.map(({ format }) => format))].toSorted();
  return [
    ['format', 'runs', 'with labels', 'macro F1', 'all steps'],
    ...formats.map((format) => {
      const pairs = own.filter((_, index) => examples[index]?.format === format);
      const steps = examples.filter((example) => example.format === format);
      const all = steps.map((example) => ({
        predicted: example.steps.map((_, index) => index + 1),
        actual: example.readings[0][kind],
      }));
      const labelled = pairs.filter(({ actual }) => actual.length > 0).length;
      return [format, pairs.length, labelled, macroF1(pairs).toFixed(3), macroF1(all).toFixed(3)];
    }),
  ];
}

/** On the runs that were read twice: the heads and the second reader against the first. */
export function scoreSecondReader(
  kind: LabelKind,
  examples: readonly Example[],
  own: readonly Predicted[],
): string {
  const twice = examples.flatMap(({ readings }, index) => {
    const [, second] = readings;
    const mine = own[index];
    return second && mine ? [{ mine, second: { predicted: [...second[kind]], actual: mine.actual } }] : [];
  });
  const heads = macroF1(twice.map(({ mine }) => mine)).toFixed(3);
  const reader = macroF1(twice.map(({ second }) => second)).toFixed(3);
  return `on the ${twice.length} runs read twice: heads ${heads}, second reader ${reader}`;
}
