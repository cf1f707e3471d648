import { asArray, asNumber, asObject, asString, type JsonObject } from '../../base/json.ts';
import type { CaseLabels } from '../bench-case.ts';
import { makeCaseId } from './case-id.ts';
import { readShortenedStep, type ShortenedStep } from './shortened-step.ts';

/** A row of a set with one step per run after which it could not succeed any more, taken apart. */
export type PointRow =
  | {
      readonly kind: 'row';
      readonly name: string;
      readonly labels: CaseLabels;
      /** All that a subject may be made of. */
      readonly steps: readonly ShortenedStep[];
    }
  | { readonly kind: 'refused'; readonly id?: string; readonly reason: string };

/** Whether a row is of this shape: for telling data sets apart. */
export function isPointRow(value: unknown): boolean {
  const row = asObject(value);
  return row !== undefined && 'packet_id' in row && Array.isArray(row['steps']) && 'label' in row;
}

export function readPointRow(value: unknown): PointRow {
  const row = asObject(value) ?? {};
  const packet = asString(row['packet_id']);
  const listed = asArray(row['steps']);
  const label = asObject(row['label']);
  if (packet === undefined || !listed || !label) {
    return { kind: 'refused', reason: 'the row lacks packet_id, steps, or label' };
  }
  const set = `point-of-no-return/${asString(row['set']) ?? 'unnamed'}`;
  const name = `${set}/${packet}`;
  const id = makeCaseId(set, packet);
  const refuse = (reason: string): PointRow => ({ kind: 'refused', id, reason });
  const steps: ShortenedStep[] = [];
  for (const one of listed) {
    const step = readShortenedStep(one);
    if (step?.step !== steps.length + 1)
      return refuse(`element ${steps.length + 1} of steps is not the step of that number`);
    steps.push(step);
  }
  const count = asNumber(row['n_steps']);
  if (count !== undefined && count !== steps.length) {
    return refuse(`n_steps is ${count}, the record holds ${steps.length} steps`);
  }
  const onset = label['label'] === null ? null : asNumber(label['label']);
  if (onset === undefined) return refuse('the label is neither a step nor null');
  if (onset !== null && !(Number.isInteger(onset) && onset >= 1 && onset <= steps.length)) {
    return refuse(`the label ${onset} is no step of the record, which has ${steps.length}`);
  }
  const key = asObject(row['key']) ?? {};
  const model = asString(key['model']);
  const solved = hasFailed(key) ? false : undefined;
  const labels: CaseLabels = {
    id,
    readings: [{ onset }],
    ...(solved !== undefined && { solved }),
    steps: steps.length,
    traits: {
      set,
      // Without a task the row is a group of its own.
      task: asString(key['instance_id']) ?? asString(key['task_id']) ?? name,
      ...(model !== undefined && { model }),
    },
  };
  return { kind: 'row', name, labels, steps };
}

/** The failed half of a pair of runs, by whatever name the set has for it. */
function hasFailed(key: JsonObject): boolean {
  const resolved = key['bad_resolve'];
  if (typeof resolved === 'boolean') return !resolved;
  return ['bad_run', 'bad_run_id', 'bad_row'].some((name) => key[name] !== undefined);
}
