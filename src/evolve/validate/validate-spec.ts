import type { SampleArtifact } from '../infer/sample.ts';
import type { ExtractorSpec } from '../spec/spec.ts';
import { measureSpec, type SpecMeasures, scoreMeasures } from './measure-spec.ts';

export interface SpecVerdict {
  readonly decision: 'accept' | 'reject';
  /** What speaks against it, each with its figure; for an accepted spec what to know. */
  readonly reasons: readonly string[];
  /** From 0 to 1, on the held-out part where there is one. */
  readonly score: number;
  readonly learnt: SpecMeasures;
  /** The same figures on artifacts, or parts of them, that were not learnt from. */
  readonly heldOut: SpecMeasures | undefined;
}

/** What a spec must reach, on held-out data where there is any. */
export const BOUNDS = {
  paired: 0.6,
  recordsExplained: 0.6,
  /** Low: logs repeat results in other forms, and ids and settings with every record. */
  textExplained: 0.2,
  resultsLost: 0.3,
  timeBack: 0.2,
  observed: 0.4,
  /** How far held-out figures may fall below those on the learnt part. */
  drop: 0.25,
} as const;

/** Measures a spec on what it was learnt from and on what was held out, and decides. */
export async function validateSpec(
  spec: ExtractorSpec,
  learnt: readonly SampleArtifact[],
  heldOut: readonly SampleArtifact[],
): Promise<SpecVerdict> {
  const onLearnt = await measureSpec(spec, learnt);
  const onHeldOut = heldOut.length === 0 ? undefined : await measureSpec(spec, heldOut);
  return judgeMeasures(onLearnt, onHeldOut);
}

/** The decision over measured figures: every bound that is missed is a reason to reject. */
export function judgeMeasures(learnt: SpecMeasures, heldOut: SpecMeasures | undefined): SpecVerdict {
  const against: string[] = [];
  const sets = heldOut ? [['held-out artifacts', heldOut] as const] : [];
  for (const [where, measures] of [['learnt artifacts', learnt] as const, ...sets]) {
    against.push(...missedBounds(measures).map((missed) => `${where}: ${missed}`));
  }
  if (heldOut) against.push(...drops(learnt, heldOut));
  const score = scoreMeasures(heldOut ?? learnt);
  if (against.length > 0) return { decision: 'reject', reasons: against, score, learnt, heldOut };
  const notes = heldOut
    ? [`all bounds are met on ${heldOut.artifacts} held-out artifacts with ${heldOut.steps} steps`]
    : ['all bounds are met, but nothing was held out: the figures may flatter'];
  const [unread] = (heldOut ?? learnt).unread;
  if (unread) notes.push(`records that no rule reads: ${unread.kind} (${unread.count})`);
  return { decision: 'accept', reasons: notes, score, learnt, heldOut };
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function missedBounds(measures: SpecMeasures): string[] {
  if (measures.steps === 0) return ['no step was read'];
  const missed: string[] = [];
  const atLeast = (name: string, value: number | undefined, bound: number): void => {
    if (value !== undefined && value < bound)
      missed.push(`${name} ${percent(value)}, at least ${percent(bound)} is asked for`);
  };
  const atMost = (name: string, value: number | undefined, bound: number): void => {
    if (value !== undefined && value > bound)
      missed.push(`${name} ${percent(value)}, at most ${percent(bound)} is allowed`);
  };
  atLeast('calls with a result', measures.paired, BOUNDS.paired);
  atLeast('steps with an observation', measures.observed, BOUNDS.observed);
  atLeast('records explained', measures.recordsExplained, BOUNDS.recordsExplained);
  atLeast('text explained', measures.textExplained, BOUNDS.textExplained);
  atMost('results without a call', measures.resultsLost, BOUNDS.resultsLost);
  atMost('times that go back', measures.timeBack, BOUNDS.timeBack);
  return missed;
}

function drops(learnt: SpecMeasures, heldOut: SpecMeasures): string[] {
  return (['paired', 'recordsExplained'] as const).flatMap((name) => {
    const before = learnt[name];
    const after = heldOut[name];
    if (before === undefined || after === undefined || before - after <= BOUNDS.drop) return [];
    return [`${name} falls from ${percent(before)} to ${percent(after)} on held-out artifacts`];
  });
}
