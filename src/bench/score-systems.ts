import type { CaseLabels } from './bench-case.ts';
import { ceilings } from './ceilings.ts';
import { type Entrant, type ScoredEntrant, scoreEntrant } from './entrant.ts';
import { FIGURES } from './figures.ts';
import { measureAgreement } from './metrics/agreement.ts';
import { foundCurve } from './metrics/reading-order.ts';
import { spreadOf } from './metrics/spread.ts';
import { reportVerdicts } from './metrics/verdict-report.ts';
import { countSteps, wrongSteps } from './score-case.ts';
import { DEFAULT_SCORE_OPTIONS, type ScoreOptions } from './score-options.ts';
import type { ReadingCurve, ScoreReport, SystemInfo } from './score-report.ts';
import { scoreSlice } from './score-slice.ts';
import { sliceCases } from './slices.ts';

/** Points of the curve of reading, beside its start. */
const READING_PARTS = 20;

/**
 * Scores systems on labelled cases, the ceilings of the labels beside them. A case without a prediction is counted as
 * missing and scores as wrong; a case whose labels say nothing for a figure is left out of it and counted. Deterministic.
 */
export function scoreSystems(
  labels: readonly CaseLabels[],
  entrants: readonly Entrant[],
  options: ScoreOptions = {},
): ScoreReport {
  const chosen = { ...DEFAULT_SCORE_OPTIONS, ...options };
  const scored = [...entrants, ...ceilings(labels)].map((entrant) => scoreEntrant(labels, entrant));
  const agreement = measureAgreement(labels);
  return {
    schema: 'codetracer.bench-score/1',
    settings: {
      seed: chosen.seed,
      resamples: chosen.resamples,
      level: chosen.level,
      clusteredBy: 'task',
      reliabilityBins: chosen.reliabilityBins,
    },
    cases: countCases(labels),
    figures: [...FIGURES],
    systems: scored.map((one) => describeSystem(labels, one)),
    slices: sliceCases(labels).map((slice) => scoreSlice(labels, scored, slice, chosen)),
    verdicts: scored
      .filter(({ judges }) => judges)
      .map(({ entrant, predictions }) =>
        reportVerdicts(
          entrant.name,
          labels.map((one, index) => ({ labels: one, prediction: predictions[index] })),
          chosen.reliabilityBins,
        ),
      ),
    reading: scored
      .filter(({ entrant }) => entrant.kind !== 'ceiling')
      .map((one) => traceReading(labels, one)),
    ...(agreement && { agreement }),
  };
}

function countCases(labels: readonly CaseLabels[]): ScoreReport['cases'] {
  const count = (test: (one: CaseLabels) => boolean): number => labels.filter(test).length;
  return {
    total: labels.length,
    tasks: new Set(labels.map(({ traits }) => traits.task)).size,
    solved: count(({ solved }) => solved === true),
    failed: count(({ solved }) => solved === false),
    outcomeUnknown: count(({ solved }) => solved === undefined),
    withOnset: count(({ readings }) => typeof readings[0]?.onset === 'number'),
    withIncorrect: count(({ readings }) => (readings[0]?.incorrect?.length ?? 0) > 0),
    withUnuseful: count(({ readings }) => (readings[0]?.unuseful?.length ?? 0) > 0),
    withStages: count(({ readings }) => (readings[0]?.stages?.length ?? 0) > 0),
    readTwice: count(({ readings }) => readings.length > 1),
  };
}

function describeSystem(
  labels: readonly CaseLabels[],
  { entrant, predictions, judges }: ScoredEntrant,
): SystemInfo {
  const answered = predictions.filter((prediction) => prediction !== undefined);
  const asked = new Set(labels.map(({ id }) => id));
  const misaligned = labels.filter(({ steps }, index) => {
    const seen = predictions[index]?.steps;
    return steps !== undefined && seen !== undefined && steps !== seen;
  });
  return {
    name: entrant.name,
    kind: entrant.kind,
    about: entrant.about,
    ...(entrant.outcome && { outcome: entrant.outcome }),
    answered: answered.length,
    missing: entrant.kind === 'ceiling' ? 0 : labels.length - answered.length,
    misaligned: misaligned.length,
    unasked: entrant.predictions.filter(({ id }) => !asked.has(id)).length,
    judges,
    cost: {
      tokens: spreadOf(answered.map(({ tokens }) => tokens)),
      dollars: spreadOf(answered.map(({ dollars }) => dollars)),
      milliseconds: spreadOf(answered.map(({ milliseconds }) => milliseconds)),
    },
  };
}

function traceReading(labels: readonly CaseLabels[], { entrant, predictions }: ScoredEntrant): ReadingCurve {
  const curves = labels.flatMap((one, index) => {
    const prediction = predictions[index];
    const reading = one.readings[0];
    if (!reading) return [];
    const ranked = prediction?.onset.map(({ step }) => step) ?? [];
    const steps = countSteps(one, prediction);
    const curve = foundCurve(ranked, wrongSteps(reading), steps, READING_PARTS, prediction?.drawn);
    if (!curve) return [];
    // Without a prediction nothing is found before the whole run was read.
    return [prediction ? curve : curve.map((_, part) => (part === READING_PARTS ? 1 : 0))];
  });
  const points = Array.from({ length: curves.length === 0 ? 0 : READING_PARTS + 1 }, (_, part) => ({
    read: part / READING_PARTS,
    found: curves.reduce((sum, curve) => sum + (curve[part] ?? 0), 0) / curves.length,
  }));
  return { system: entrant.name, points };
}
