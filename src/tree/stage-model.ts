import { STAGE_KINDS } from '../model/stage.ts';
import type { StageFeatures } from './stage-features.ts';

/**
 * A linear chain over the steps of a run: a path of kinds scores the sum of its steps' weights for their kind, of the
 * weights between neighbouring kinds, and of what each change of kind costs where it happens. All lists of weights
 * have one number per kind, in the order of `STAGE_KINDS`.
 */
export interface StageModel {
  /** By the observation's name; observations that are not in here count nothing. */
  readonly step: Readonly<Record<string, readonly number[]>>;
  /** From one kind (row) to the next (column). */
  readonly between: readonly (readonly number[])[];
  readonly first: readonly number[];
  readonly last: readonly number[];
  /** Added wherever the kind changes, by the observation's name. */
  readonly change: Readonly<Record<string, number>>;
}

const KINDS = STAGE_KINDS.length;

/**
 * The best path of kinds for the steps, as indices into `STAGE_KINDS` (Viterbi's algorithm: linear in the number of
 * steps). Observations are taken one by one and not kept.
 */
export function findPath(model: StageModel, steps: Iterable<StageFeatures>): number[] {
  const weights = prepare(model);
  const cameFrom: Int8Array[] = [];
  let best = new Float64Array(KINDS);
  let count = 0;
  for (const features of steps) {
    const own = scoreStep(weights, features);
    if (count++ === 0) {
      best = own.map((score, kind) => score + (model.first[kind] ?? 0));
      continue;
    }
    let change = 0;
    for (const name of features.change) change += weights.change.get(name) ?? 0;
    const next = new Float64Array(KINDS);
    const origin = new Int8Array(KINDS);
    for (let to = 0; to < KINDS; to++) {
      let top = Number.NEGATIVE_INFINITY;
      for (let from = 0; from < KINDS; from++) {
        const value = (best[from] ?? 0) + (model.between[from]?.[to] ?? 0) + (from === to ? 0 : change);
        if (value > top) {
          top = value;
          origin[to] = from;
        }
      }
      next[to] = top + (own[to] ?? 0);
    }
    cameFrom.push(origin);
    best = next;
  }
  if (count === 0) return [];
  best = best.map((score, kind) => score + (model.last[kind] ?? 0));
  const path: number[] = Array.from({ length: count }, () => 0);
  let at = best.indexOf(Math.max(...best));
  for (let step = count - 1; step >= 0; step--) {
    path[step] = at;
    at = cameFrom[step - 1]?.[at] ?? at;
  }
  return path;
}

type Weights = readonly number[];

interface Prepared {
  readonly step: ReadonlyMap<string, Weights>;
  /** The same by the first word of the name and what stands behind it. */
  readonly words: ReadonlyMap<string, ReadonlyMap<string, Weights>>;
  readonly change: ReadonlyMap<string, number>;
}

const prepared = new WeakMap<StageModel, Prepared>();

/** Lookups by name that are made once for each model. */
function prepare(model: StageModel): Prepared {
  const known = prepared.get(model);
  if (known) return known;
  const words = new Map<string, Map<string, Weights>>();
  for (const [name, weights] of Object.entries(model.step)) {
    const space = name.indexOf(' ');
    if (space < 0) continue;
    const where = name.slice(0, space);
    const list = words.get(where) ?? new Map<string, Weights>();
    words.set(where, list.set(name.slice(space + 1), weights));
  }
  const made = {
    step: new Map(Object.entries(model.step)),
    words,
    change: new Map(Object.entries(model.change)),
  };
  prepared.set(model, made);
  return made;
}

/** What one step's observations say for each kind. */
function scoreStep(known: Prepared, { step, words }: StageFeatures): Float64Array<ArrayBuffer> {
  const sum = new Float64Array(KINDS);
  for (const [name, value] of step) addTo(sum, value, known.step.get(name));
  for (const [where, list] of words) {
    const weighed = known.words.get(where);
    if (weighed) for (const word of list) addTo(sum, 1, weighed.get(word));
  }
  return sum;
}

function addTo(sum: Float64Array, value: number, weights: Weights | undefined): void {
  if (!weights) return;
  for (let kind = 0; kind < KINDS; kind++) sum[kind] = (sum[kind] ?? 0) + value * (weights[kind] ?? 0);
}
