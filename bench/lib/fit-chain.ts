import { STAGE_KINDS } from '../../src/model/stage.ts';
import { listObservations, type StageFeatures } from '../../src/tree/stage-features.ts';
import type { StageModel } from '../../src/tree/stage-model.ts';
import { minimize } from './minimize.ts';

/** One run with the kind of each step (an index into `STAGE_KINDS`). */
export interface ChainExample {
  readonly task: string;
  readonly steps: readonly StageFeatures[];
  readonly kinds: readonly number[];
  readonly weight: number;
}

export interface ChainOptions {
  /** Penalty per unit of squared weight. */
  readonly l2: number;
  /** Observations count that occur in runs of at least so many tasks. */
  readonly minTasks: number;
  readonly iterations: number;
  /** Added to what every change of kind scores: likelihood alone makes too few. */
  readonly changeBonus: number;
}

const K = STAGE_KINDS.length;

/** Conditional random field over the steps of each run, by maximum likelihood with a penalty on squared weights. */
export function fitChain(examples: readonly ChainExample[], options: ChainOptions): StageModel {
  const names = commonNames(examples, options.minTasks, (step) =>
    listObservations(step).map(([name]) => name),
  );
  const changes = commonNames(examples, options.minTasks, ({ change }) => change);
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const changeOf = new Map(changes.map((name, index) => [name, index]));
  const offset = { between: names.length * K, first: 0, last: 0, change: 0 };
  offset.first = offset.between + K * K;
  offset.last = offset.first + K;
  offset.change = offset.last + K;
  const size = offset.change + changes.length;
  const rows = examples.map((example) => ({
    kinds: Int32Array.from(example.kinds),
    weight: example.weight,
    columns: example.steps.map((step) => {
      const found = listObservations(step).filter(([name]) => indexOf.has(name));
      return {
        at: Int32Array.from(found, ([name]) => (indexOf.get(name) ?? 0) * K),
        value: Float64Array.from(found, ([, value]) => value),
        change: Int32Array.from(
          step.change.flatMap((name) => {
            const index = changeOf.get(name);
            return index === undefined ? [] : [offset.change + index];
          }),
        ),
      };
    }),
  }));
  const total = examples.reduce((sum, example) => sum + example.weight * example.kinds.length, 0);

  const weights = minimize(
    size,
    (w, slope) => {
      slope.fill(0);
      let loss = 0;
      for (const row of rows) loss += addRun(w, slope, row, offset);
      loss /= total;
      for (let i = 0; i < size; i++) {
        const x = w[i] ?? 0;
        loss += options.l2 * x * x;
        slope[i] = (slope[i] ?? 0) / total + 2 * options.l2 * x;
      }
      return loss;
    },
    options.iterations,
  );
  const round = (value: number | undefined): number => Math.round((value ?? 0) * 100) / 100;
  const list = (from: number): number[] =>
    Array.from({ length: K }, (_, kind) => round(weights[from + kind]));
  const step: Record<string, number[]> = {};
  for (const [index, name] of names.entries()) {
    const own = list(index * K);
    if (own.some((value) => Math.abs(value) >= 0.04)) step[name] = own;
  }
  return {
    step,
    between: Array.from({ length: K }, (_, from) => list(offset.between + from * K)),
    first: list(offset.first),
    last: list(offset.last),
    change: Object.fromEntries(
      changes.map((name, index) => [
        name,
        round((weights[offset.change + index] ?? 0) + (name === 'any' ? options.changeBonus : 0)),
      ]),
    ),
  };
}

function commonNames(
  examples: readonly ChainExample[],
  minTasks: number,
  namesOf: (step: StageFeatures) => readonly string[],
): string[] {
  const tasks = new Map<string, Set<string>>();
  for (const { task, steps } of examples) {
    for (const step of steps) {
      for (const name of namesOf(step)) {
        const known = tasks.get(name);
        if (known) known.add(task);
        else tasks.set(name, new Set([task]));
      }
    }
  }
  return [...tasks].flatMap(([name, own]) => (own.size >= minTasks ? [name] : [])).sort();
}

interface Row {
  readonly kinds: Int32Array;
  readonly weight: number;
  readonly columns: readonly {
    readonly at: Int32Array;
    readonly value: Float64Array;
    readonly change: Int32Array;
  }[];
}

interface Offsets {
  readonly between: number;
  readonly first: number;
  readonly last: number;
}

function logSum(values: Float64Array): number {
  let top = Number.NEGATIVE_INFINITY;
  for (const value of values) top = Math.max(top, value);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - top);
  return top + Math.log(sum);
}

/** Adds a run's gradient of the negative log likelihood; answers its value. */
function addRun(w: Float64Array, slope: Float64Array, row: Row, offset: Offsets): number {
  const count = row.columns.length;
  const emit = row.columns.map(({ at, value }) => {
    const sum = new Float64Array(K);
    for (let f = 0; f < at.length; f++) {
      const [base, x] = [at[f] ?? 0, value[f] ?? 0];
      for (let k = 0; k < K; k++) sum[k] = (sum[k] ?? 0) + x * (w[base + k] ?? 0);
    }
    return sum;
  });
  for (let k = 0; k < K; k++) {
    const [start, end] = [emit[0], emit[count - 1]];
    if (start) start[k] = (start[k] ?? 0) + (w[offset.first + k] ?? 0);
    if (end) end[k] = (end[k] ?? 0) + (w[offset.last + k] ?? 0);
  }
  const cost = row.columns.map(({ change }) => {
    let sum = 0;
    for (const index of change) sum += w[index] ?? 0;
    return sum;
  });
  const pass = (step: number, from: number, to: number): number =>
    (w[offset.between + from * K + to] ?? 0) + (from === to ? 0 : (cost[step] ?? 0));
  const terms = new Float64Array(K);
  const alpha: Float64Array[] = [Float64Array.from(emit[0] ?? [])];
  for (let step = 1; step < count; step++) {
    const before = alpha[step - 1] ?? terms;
    alpha.push(
      Float64Array.from({ length: K }, (_, to) => {
        for (let from = 0; from < K; from++) terms[from] = (before[from] ?? 0) + pass(step, from, to);
        return logSum(terms) + (emit[step]?.[to] ?? 0);
      }),
    );
  }
  const beta: Float64Array[] = Array.from({ length: count }, () => new Float64Array(K));
  for (let step = count - 2; step >= 0; step--) {
    const [own, after, emission] = [beta[step], beta[step + 1], emit[step + 1]];
    if (!own || !after || !emission) continue;
    for (let from = 0; from < K; from++) {
      for (let to = 0; to < K; to++)
        terms[to] = pass(step + 1, from, to) + (emission[to] ?? 0) + (after[to] ?? 0);
      own[from] = logSum(terms);
    }
  }
  const all = logSum(alpha[count - 1] ?? terms);
  let truth = 0;
  const add = (index: number, value: number): void => {
    slope[index] = (slope[index] ?? 0) + value * row.weight;
  };
  for (const [step, { at, value, change }] of row.columns.entries()) {
    const kind = row.kinds[step] ?? 0;
    truth += emit[step]?.[kind] ?? 0;
    const error = Float64Array.from(
      { length: K },
      (_, k) => Math.exp((alpha[step]?.[k] ?? 0) + (beta[step]?.[k] ?? 0) - all) - (k === kind ? 1 : 0),
    );
    for (let f = 0; f < at.length; f++)
      for (let k = 0; k < K; k++) add((at[f] ?? 0) + k, (error[k] ?? 0) * (value[f] ?? 0));
    for (let k = 0; k < K; k++) {
      if (step === 0) add(offset.first + k, error[k] ?? 0);
      if (step === count - 1) add(offset.last + k, error[k] ?? 0);
    }
    if (step === 0) continue;
    const previous = row.kinds[step - 1] ?? 0;
    truth += pass(step, previous, kind);
    let changing = previous === kind ? 0 : -1;
    for (let from = 0; from < K; from++) {
      for (let to = 0; to < K; to++) {
        const share = Math.exp(
          (alpha[step - 1]?.[from] ?? 0) +
            pass(step, from, to) +
            (emit[step]?.[to] ?? 0) +
            (beta[step]?.[to] ?? 0) -
            all,
        );
        add(offset.between + from * K + to, share - (from === previous && to === kind ? 1 : 0));
        if (from !== to) changing += share;
      }
    }
    for (const index of change) add(index, changing);
  }
  return (all - truth) * row.weight;
}
