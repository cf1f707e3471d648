import { areaUnderCurve, type Judged } from '../../src/bench/metrics/verdict-curve.ts';
import { createRandom } from '../../src/bench/statistics/random.ts';
import { type LinearHead, sigmoid } from '../../src/diagnosis/score.ts';
import { FACTS, FAVOURABLE, NEUTRAL } from '../../src/diagnosis/verdict/run-fact.ts';
import type { VerdictHead } from '../../src/diagnosis/verdict.ts';
import { fitLogistic } from './fit-linear.ts';
import type { VerdictExample } from './verdict-examples.ts';

export const FOLDS = 5;
export const PENALTIES = [0.01, 0.03, 0.1, 0.3];
/** Operating point: at most so many of the solved training runs are accused, and of the failed ones acquitted. */
export const ACCUSED = 0.08;
export const ACQUITTED = 0.08;
/** A fact that fewer training runs show says nothing yet. */
const SUPPORT = 5;
const ROUNDS = 8;

/** Folds that keep the runs of a task together; which task goes where depends on the seed alone. */
export function foldByTask(
  examples: readonly VerdictExample[],
  seed: number,
): (one: VerdictExample) => number {
  const random = createRandom(seed);
  const tasks = [...new Set(examples.map(({ task }) => task))].sort();
  const keyed = tasks.map((task) => ({ task, key: random() })).sort((a, b) => a.key - b.key);
  const folds = new Map(keyed.map(({ task }, index) => [task, index % FOLDS]));
  return ({ task }) => folds.get(task) ?? 0;
}

export function score({ bias, weights }: LinearHead, { facts }: VerdictExample): number {
  return Object.entries(facts).reduce((sum, [name, value]) => sum + (weights[name] ?? 0) * value, bias);
}

/**
 * In each format solved and failed runs weigh the same, so that knowing the format is worth nothing; a format without
 * one of the two teaches nothing.
 */
function fitBalanced(examples: readonly VerdictExample[], l2: number): LinearHead {
  const counts = new Map<string, { failed: number; solved: number }>();
  for (const { format, failed } of examples) {
    const count = counts.get(format) ?? { failed: 0, solved: 0 };
    counts.set(format, count);
    if (failed) count.failed++;
    else count.solved++;
  }
  const rows = examples.flatMap(({ facts, failed, format }) => {
    const { failed: bad = 0, solved: good = 0 } = counts.get(format) ?? {};
    if (bad === 0 || good === 0) return [];
    return [{ features: facts, positive: failed, weight: (bad + good) / (2 * (failed ? bad : good)) }];
  });
  let names = Object.keys(FACTS).filter(
    (name) => rows.filter(({ features }) => (features[name] ?? 0) > 0).length >= SUPPORT,
  );
  let head = fitLogistic(rows, names, { l2 });
  // What contradicts a fact's meaning is chance, or stands for something else: it is left out, and the rest fitted anew.
  for (let round = 0; round < ROUNDS; round++) {
    const kept = names.filter((name) => !contradicts(name, head.weights[name] ?? 0));
    if (kept.length === names.length) break;
    names = kept;
    head = fitLogistic(rows, names, { l2 });
  }
  return head;
}

function contradicts(name: string, weight: number): boolean {
  if (NEUTRAL.some((fact) => fact === name)) return false;
  return FAVOURABLE.some((fact) => fact === name) ? weight > 0 : weight < 0;
}

/** Scores of runs by heads that did not see their task. */
function scoreOutside(examples: readonly VerdictExample[], l2: number, seed: number): number[] {
  const foldOf = foldByTask(examples, seed);
  const heads = Array.from({ length: FOLDS }, (_, fold) =>
    fitBalanced(
      examples.filter((one) => foldOf(one) !== fold),
      l2,
    ),
  );
  return examples.map((one) => score(heads[foldOf(one)] ?? { bias: 0, weights: {} }, one));
}

/** Mean over formats of the area under the curve, each weighed by its pairs of a failed and a solved run. */
export function areaWithinFormats(examples: readonly VerdictExample[], beliefs: readonly number[]): number {
  const groups = new Map<string, Judged[]>();
  for (const [index, { format, failed }] of examples.entries()) {
    const group = groups.get(format) ?? [];
    groups.set(format, group);
    group.push({ belief: beliefs[index] ?? 0, failed });
  }
  let sum = 0;
  let pairs = 0;
  for (const group of groups.values()) {
    const failed = group.filter((one) => one.failed).length;
    const weight = failed * (group.length - failed);
    if (weight === 0) continue;
    sum += areaUnderCurve(group) * weight;
    pairs += weight;
  }
  return sum / pairs;
}

export interface FittedVerdict {
  readonly head: VerdictHead;
  readonly l2: number;
}

/**
 * The head with its penalty, its calibration and its thresholds, all chosen by folds inside these runs: the penalty by
 * the area within formats, the calibration by a logistic curve over scores of unseen tasks (Platt, 1999), the thresholds
 * by the shares that may be accused and acquitted.
 */
export function fitVerdict(examples: readonly VerdictExample[], seed: number): FittedVerdict {
  const tried = PENALTIES.map((l2) => {
    const scores = scoreOutside(examples, l2, seed);
    return { l2, scores, area: areaWithinFormats(examples, scores) };
  });
  const best = tried.reduce((a, b) => (b.area > a.area ? b : a));
  const curve = fitLogistic(
    examples.map(({ failed }, index) => ({
      features: { score: best.scores[index] ?? 0 },
      positive: failed,
      weight: 1,
    })),
    ['score'],
    { l2: 1e-4 },
  );
  const slope = curve.weights['score'] ?? 0;
  const raw = fitBalanced(examples, best.l2);
  const weights = Object.fromEntries(
    Object.entries(raw.weights).map(([name, weight]) => [name, Math.round(weight * slope * 1000) / 1000]),
  );
  const beliefs = best.scores.map((value) => sigmoid(value * slope + curve.bias));
  const solved = beliefs.filter((_, index) => !examples[index]?.failed).sort((a, b) => b - a);
  const failed = beliefs.filter((_, index) => examples[index]?.failed).sort((a, b) => a - b);
  const accuse = Math.ceil((solved[Math.floor(ACCUSED * solved.length)] ?? 1) * 1e4 + 1) / 1e4;
  const acquit = Math.floor((failed[Math.floor(ACQUITTED * failed.length)] ?? 0) * 1e4 - 1) / 1e4;
  const bias = Math.round((raw.bias * slope + curve.bias) * 1000) / 1000;
  return { head: { bias, weights, accuse, acquit }, l2: best.l2 };
}

export interface Judgement {
  readonly belief: number;
  readonly kind: 'accused' | 'acquitted' | 'undecided';
}

export function judgeBy(head: VerdictHead, one: VerdictExample): Judgement {
  const belief = sigmoid(score(head, one));
  return {
    belief,
    kind: belief >= head.accuse ? 'accused' : belief <= head.acquit ? 'acquitted' : 'undecided',
  };
}

/** Judgements of all runs, each by a head that was fitted, with all its choices, without its group. */
export function judgeOutside(
  examples: readonly VerdictExample[],
  groupOf: (one: VerdictExample) => number | string,
  seed: number,
): Judgement[] {
  const heads = new Map<number | string, VerdictHead>();
  for (const group of new Set(examples.map(groupOf))) {
    const train = examples.filter((one) => groupOf(one) !== group);
    heads.set(group, fitVerdict(train, seed + 1000).head);
  }
  return examples.map((one) => {
    const head = heads.get(groupOf(one));
    if (!head) throw new Error('assertion failed: every group has its head');
    return judgeBy(head, one);
  });
}
