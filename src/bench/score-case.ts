import type { CaseLabels, Prediction, Reading } from './bench-case.ts';
import { LABEL_KINDS, type LabelKind } from './figures.ts';
import { squaredError } from './metrics/calibration.ts';
import { NO_ONSET, scoreOnset } from './metrics/onset.ts';
import { shareToHalf } from './metrics/reading-order.ts';
import { scoreResponsibleStage, stagesHolding } from './metrics/stage-match.ts';
import { scoreSteps, uniteSteps } from './metrics/step-sets.ts';
import type { Part } from './statistics/ratio.ts';

/** What one case adds to each figure, by the figure's id; a figure that its labels say nothing about is not there. */
export type CaseScore = ReadonlyMap<string, Part>;

/**
 * Scores one prediction against the first reading of a case. Without a prediction every figure that the labels speak of
 * gets its worst value. `judges`: the system gives verdicts; one that is missing is as wrong as can be then, and for a
 * system that gives none there are no figures of the verdict.
 */
export function scoreCase(
  labels: CaseLabels,
  prediction: Prediction | undefined,
  judges: boolean,
): CaseScore {
  const parts = new Map<string, Part>();
  const reading = labels.readings[0];
  if (reading) {
    addSteps(parts, reading, prediction);
    addStages(parts, reading, prediction);
    addOnset(parts, reading, prediction);
    addReading(parts, labels, reading, prediction);
  }
  if (judges) addVerdict(parts, labels, prediction);
  return parts;
}

function one(over: number): Part {
  return { over, under: 1 };
}

/** Labelled steps of a kind; undefined where the data set has none of it. */
export function labelledSteps(reading: Reading, kind: LabelKind): readonly number[] | undefined {
  if (kind !== 'union') return reading[kind];
  return reading.incorrect && reading.unuseful && uniteSteps(reading.incorrect, reading.unuseful);
}

function predictedSteps(prediction: Prediction | undefined, kind: LabelKind): readonly number[] {
  if (!prediction) return [];
  return kind === 'union' ? uniteSteps(prediction.incorrect, prediction.unuseful) : prediction[kind];
}

function addSteps(parts: Map<string, Part>, reading: Reading, prediction: Prediction | undefined): void {
  for (const kind of LABEL_KINDS) {
    const labelled = labelledSteps(reading, kind);
    if (!labelled) continue;
    const score = scoreSteps(predictedSteps(prediction, kind), labelled, prediction?.drawn);
    for (const measure of ['precision', 'recall', 'f1'] as const) {
      const id = `${kind}-${measure}`;
      if (score.labelled > 0) parts.set(id, one(score[measure]));
      parts.set(`${id}-all-rows`, one(score[measure]));
    }
    parts.set(`${kind}-precision-micro`, { over: score.hits, under: score.predicted });
    parts.set(`${kind}-recall-micro`, { over: score.hits, under: score.labelled });
    parts.set(`${kind}-f1-micro`, { over: 2 * score.hits, under: score.predicted + score.labelled });
  }
}

function addStages(parts: Map<string, Part>, reading: Reading, prediction: Prediction | undefined): void {
  const ranked = prediction?.onset.map(({ step }) => step) ?? [];
  const responsible = scoreResponsibleStage(ranked, reading, prediction?.drawn);
  if (responsible !== undefined) parts.set('stage-responsible', one(responsible));
  const { stages = [], incorrect = [] } = reading;
  const labelled = stagesHolding(stages, incorrect);
  if (labelled.length === 0) return;
  const score = scoreStages(prediction, stages, labelled);
  for (const measure of ['precision', 'recall', 'f1'] as const) {
    parts.set(`stage-incorrect-${measure}`, one(score[measure]));
  }
}

function scoreStages(
  prediction: Prediction | undefined,
  stages: NonNullable<Reading['stages']>,
  labelled: readonly number[],
): Record<'precision' | 'recall' | 'f1', number> {
  const steps = prediction?.incorrect ?? [];
  if (!prediction?.drawn) return scoreSteps(stagesHolding(stages, steps), labelled);
  // Each step is drawn as often as any other, so a stage counts as often as it holds steps.
  const sum = { precision: 0, recall: 0, f1: 0 };
  for (const step of steps) {
    const score = scoreSteps(stagesHolding(stages, [step]), labelled);
    sum.precision += score.precision / steps.length;
    sum.recall += score.recall / steps.length;
    sum.f1 += score.f1 / steps.length;
  }
  return sum;
}

function addOnset(parts: Map<string, Part>, reading: Reading, prediction: Prediction | undefined): void {
  if (typeof reading.onset !== 'number') return;
  const ranked = prediction?.onset.map(({ step }) => step) ?? [];
  const score = prediction ? scoreOnset(ranked, reading.onset, prediction.drawn) : NO_ONSET;
  parts.set('onset-exact', one(score.exact));
  parts.set('onset-within-1', one(score.within1));
  parts.set('onset-within-2', one(score.within2));
  parts.set('onset-within-5', one(score.within5));
  parts.set('onset-reciprocal-rank', one(score.reciprocalRank));
}

/** Steps that went wrong: labelled incorrect, and the onset. */
export function wrongSteps(reading: Reading): number[] {
  return uniteSteps(reading.incorrect ?? [], typeof reading.onset === 'number' ? [reading.onset] : []);
}

/** Steps of the run: as the labels count, else as the prediction does, else up to the last labelled one. */
export function countSteps(labels: CaseLabels, prediction: Prediction | undefined): number {
  if (labels.steps !== undefined) return labels.steps;
  if (prediction) return prediction.steps;
  const reading = labels.readings[0];
  const labelled = reading ? [...wrongSteps(reading), ...(reading.unuseful ?? [])] : [];
  return labelled.reduce((most, step) => Math.max(most, step), 0);
}

function addReading(
  parts: Map<string, Part>,
  labels: CaseLabels,
  reading: Reading,
  prediction: Prediction | undefined,
): void {
  const steps = countSteps(labels, prediction);
  const ranked = prediction?.onset.map(({ step }) => step) ?? [];
  const wrong = wrongSteps(reading);
  const sets = {
    'read-half-wrong': wrong,
    'read-half-labels': uniteSteps(wrong, reading.unuseful ?? []),
  };
  for (const [id, labelled] of Object.entries(sets)) {
    const share = shareToHalf(ranked, labelled, steps, prediction?.drawn);
    if (share !== undefined) parts.set(id, one(prediction ? share : 1));
  }
}

/** The belief in a failure that counts for a case; where none was given the worst one. */
export function beliefOf(labels: CaseLabels, prediction: Prediction | undefined): number {
  return prediction?.verdict?.failure ?? (labels.solved ? 1 : 0);
}

function addVerdict(parts: Map<string, Part>, labels: CaseLabels, prediction: Prediction | undefined): void {
  const { solved } = labels;
  if (solved === undefined) return;
  const verdict = prediction?.verdict;
  const accuses = verdict ? verdict.kind === 'decisive-failure' : solved;
  parts.set(solved ? 'verdict-accused' : 'verdict-found', one(accuses ? 1 : 0));
  parts.set('verdict-abstained', one(!verdict || verdict.kind === 'undecided' ? 1 : 0));
  const belief = beliefOf(labels, prediction);
  parts.set('verdict-brier', one(squaredError({ belief, failed: !solved })));
}
