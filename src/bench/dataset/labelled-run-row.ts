import { asArray, asBoolean, asNumber, asObject, asString } from '../../base/json.ts';
import { normalizePath } from '../../base/path.ts';
import { STAGE_KINDS, type StageKind } from '../../model/stage.ts';
import type { CaseLabels, LabelledStage, Reading } from '../bench-case.ts';
import { makeCaseId } from './case-id.ts';
import { readStepIds } from './step-ids.ts';

/** A row of `labels.jsonl`: a run of a corpus, read by one annotator or more. */
export type LabelledRunRow =
  | {
      readonly kind: 'row';
      readonly name: string;
      /** Relative to the corpus; never leaves it. */
      readonly artifact: string;
      readonly labels: CaseLabels;
      readonly steps: number;
    }
  | { readonly kind: 'refused'; readonly id?: string; readonly reason: string };

export function isLabelledRunRow(value: unknown): boolean {
  const row = asObject(value);
  return row !== undefined && 'artifact' in row && Array.isArray(row['annotations']);
}

export function readLabelledRunRow(value: unknown, set: string): LabelledRunRow {
  const row = asObject(value) ?? {};
  const given = asString(row['artifact']);
  const artifact = given === undefined ? '' : normalizePath(given);
  if (artifact === '' || artifact.startsWith('/') || artifact.startsWith('..')) {
    return { kind: 'refused', reason: 'artifact is no path below the corpus' };
  }
  const id = makeCaseId(set, artifact);
  const refuse = (reason: string): LabelledRunRow => ({
    kind: 'refused',
    id,
    reason: `${artifact}: ${reason}`,
  });
  const steps = asNumber(row['steps']);
  if (steps === undefined || !Number.isInteger(steps) || steps < 1)
    return refuse('steps is no number of steps');
  const readings: Reading[] = [];
  for (const one of asArray(row['annotations']) ?? []) {
    const reading = readAnnotation(one, steps);
    if (!reading) return refuse(`reading ${readings.length + 1} labels no steps of 1 to ${steps}`);
    readings.push(reading);
  }
  if (readings.length === 0) return refuse('the row has no reading');
  const solved = asBoolean(row['solved']);
  const agent = asString(row['format']);
  const labels: CaseLabels = {
    id,
    readings,
    ...(solved !== undefined && { solved }),
    steps,
    traits: {
      set,
      task: asString(row['task']) ?? artifact,
      // The kind of log says whose it is.
      ...(agent !== undefined && { agent }),
    },
  };
  return { kind: 'row', name: artifact, artifact, labels, steps };
}

function readAnnotation(value: unknown, count: number): Reading | undefined {
  const row = asObject(value);
  if (!row) return undefined;
  const onset = row['onset'];
  if (onset !== undefined && onset !== null && !readStepIds([onset], count)) return undefined;
  const incorrect = row['incorrect'] === undefined ? undefined : readStepIds(row['incorrect'], count);
  const unuseful = row['unuseful'] === undefined ? undefined : readStepIds(row['unuseful'], count);
  if (row['incorrect'] !== undefined && !incorrect) return undefined;
  if (row['unuseful'] !== undefined && !unuseful) return undefined;
  const stages = readStages(row['stages'], count);
  if (stages === 'bad') return undefined;
  const cause = asString(row['cause']);
  return {
    ...(onset === null ? { onset: null } : typeof onset === 'number' && { onset }),
    ...(incorrect && { incorrect }),
    ...(unuseful && { unuseful }),
    ...(stages && { stages }),
    ...(cause !== undefined && { cause }),
  };
}

function readStages(value: unknown, count: number): LabelledStage[] | 'bad' | undefined {
  const stages: LabelledStage[] = [];
  for (const [index, one] of (asArray(value) ?? []).entries()) {
    const row = asObject(one);
    const start = asNumber(row?.['start']);
    const end = asNumber(row?.['end']);
    if (start === undefined || end === undefined || start > end || !readStepIds([start, end], count))
      return 'bad';
    const kind = STAGE_KINDS.find((known): known is StageKind => known === row?.['kind']);
    stages.push({ id: index + 1, start, end, ...(kind && { kind }) });
  }
  return stages.length === 0 ? undefined : stages;
}
