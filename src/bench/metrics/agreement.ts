import type { CaseLabels, Reading } from '../bench-case.ts';
import { LABEL_KINDS, type LabelKind } from '../figures.ts';
import { labelledSteps } from '../score-case.ts';
import type { Agreement } from '../score-report.ts';
import { addCrossings, cohensKappa, crossSteps } from '../statistics/kappa.ts';
import { mean } from '../statistics/percentile.ts';
import { scoreSteps } from './step-sets.ts';

interface Pair {
  readonly first: Reading;
  readonly second: Reading;
  readonly steps: number | undefined;
}

/** How far the first two readings of cases agree; undefined when no case was read twice. */
export function measureAgreement(labels: readonly CaseLabels[]): Agreement | undefined {
  const pairs = labels.flatMap(({ readings: [first, second], steps }): Pair[] =>
    first && second ? [{ first, second, steps }] : [],
  );
  if (pairs.length === 0) return undefined;
  const byKind = LABEL_KINDS.map((kind) => [kind, agreeOnSteps(pairs, kind)] as const);
  const of = Object.fromEntries(byKind) as Record<LabelKind, Agreement['incorrect']>;
  return { cases: pairs.length, onset: agreeOnOnset(pairs), ...of };
}

function agreeOnOnset(pairs: readonly Pair[]): Agreement['onset'] {
  const either = pairs.filter(
    ({ first, second }) => typeof first.onset === 'number' || typeof second.onset === 'number',
  );
  const both = pairs.filter(
    ({ first, second }) => typeof first.onset === 'number' && typeof second.onset === 'number',
  );
  const rate = (among: readonly Pair[], k: number): Agreement['onset']['exact'] => {
    const hits = among.filter(({ first, second }) => within(first.onset, second.onset, k)).length;
    return among.length === 0 ? { n: 0 } : { n: among.length, share: hits / among.length };
  };
  return {
    exact: rate(either, 0),
    within1: rate(either, 1),
    within2: rate(either, 2),
    within5: rate(either, 5),
    exactWhereBothName: rate(both, 0),
  };
}

function within(a: number | null | undefined, b: number | null | undefined, k: number): boolean {
  return typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= k;
}

function agreeOnSteps(pairs: readonly Pair[], kind: LabelKind): Agreement['incorrect'] {
  const asked = pairs.flatMap(({ first, second, steps }) => {
    const a = labelledSteps(first, kind);
    const b = labelledSteps(second, kind);
    if (!a || !b) return [];
    return [{ a, b, steps: steps ?? Math.max(0, ...a, ...b) }];
  });
  const crossings = asked.map(({ a, b, steps }) => crossSteps(a, b, steps));
  const kappas = crossings.map(cohensKappa).filter((kappa) => kappa !== undefined);
  const scores = asked.filter(({ a }) => a.length > 0).map(({ a, b }) => scoreSteps(b, a).f1);
  return {
    runs: asked.length,
    kappaPooled: cohensKappa(addCrossings(crossings)),
    kappaPerRun: mean(kappas),
    runsWithKappa: kappas.length,
    macroF1: mean(scores),
  };
}
