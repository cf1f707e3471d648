import { asArray, asBoolean, asNumber, asObject, asString, type JsonObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import { normalizePath } from '../../base/path.ts';
import type { CaseLabels, LabelledStage } from '../bench-case.ts';
import { makeCaseId } from './case-id.ts';
import type { StepQuote } from './quote.ts';
import { readStepIds } from './step-ids.ts';

/** A row of a CodeTraceBench manifest, taken apart. */
export type ManifestRow =
  | {
      readonly kind: 'row';
      readonly name: string;
      /** Relative to the manifest's folder; never leaves it. */
      readonly artifact: string;
      readonly labels: CaseLabels;
      readonly steps: number;
      readonly quotes: readonly StepQuote[];
    }
  | { readonly kind: 'refused'; readonly id?: string; readonly reason: string };

export function isManifestRow(value: unknown): boolean {
  const row = asObject(value);
  return row !== undefined && 'traj_id' in row && ('step_count' in row || 'artifact_path' in row);
}

/**
 * Reads a row: unknown columns are passed over, nested columns may be JSON texts; what labels and their steps need must be
 * there. `set` names the manifest.
 */
export function readManifestRow(value: unknown, set: string): ManifestRow {
  const row = asObject(value) ?? {};
  const name = asString(row['traj_id']);
  if (name === undefined || name === '') return { kind: 'refused', reason: 'the row has no traj_id' };
  const id = makeCaseId(set, name);
  const refuse = (reason: string): ManifestRow => ({ kind: 'refused', id, reason: `${name}: ${reason}` });
  const steps = asNumber(row['step_count']);
  if (steps === undefined || !Number.isInteger(steps) || steps < 1)
    return refuse('step_count is no number of steps');
  const artifact = placeOf(row['artifact_path']);
  if (artifact === undefined) return refuse('artifact_path is no path below the manifest');
  const groups = unpackList(row['incorrect_stages']);
  if (!groups) return refuse('incorrect_stages is no list');
  const incorrect = new Set<number>();
  const unuseful = new Set<number>();
  const responsible: number[] = [];
  const quotes: StepQuote[] = [];
  for (const one of groups) {
    const group = asObject(unpack(one));
    const wrong = readStepIds(unpack(group?.['incorrect_step_ids']) ?? [], steps);
    const idle = readStepIds(unpack(group?.['unuseful_step_ids']) ?? [], steps);
    if (!group || !wrong || !idle)
      return refuse(`an element of incorrect_stages names no steps of 1 to ${steps}`);
    for (const step of wrong) incorrect.add(step);
    for (const step of idle) unuseful.add(step);
    const stage = asNumber(group['stage_id']);
    if (stage !== undefined && wrong.length > 0) responsible.push(stage);
    quotes.push(...readQuotes(group['steps'], steps));
  }
  const stages = readStages(row['stages'], steps);
  if (stages === 'bad') return refuse(`a stage does not lie within 1 to ${steps}`);
  const labels: CaseLabels = {
    id,
    readings: [
      {
        incorrect: sorted(incorrect),
        unuseful: sorted(unuseful),
        ...(stages && { stages, responsibleStages: responsible }),
      },
    ],
    ...optional('solved', asBoolean(row['solved'])),
    steps,
    traits: {
      set,
      task: asString(row['task_name']) ?? asString(row['task_slug']) ?? name,
      ...optional('agent', asString(row['agent'])),
      ...optional('model', asString(row['model'])),
      ...optional('difficulty', asString(row['difficulty'])),
      ...optional('category', asString(row['category'])),
    },
  };
  return { kind: 'row', name, artifact, labels, steps, quotes };
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

const sorted = (numbers: ReadonlySet<number>): number[] => [...numbers].sort((a, b) => a - b);

function placeOf(value: unknown): string | undefined {
  const text = asString(value);
  if (text === undefined || text.trim() === '' || text.includes('\0') || text.includes('\\'))
    return undefined;
  const path = normalizePath(text);
  return path === '' || path.startsWith('/') || path === '..' || path.startsWith('../') ? undefined : path;
}

/** A nested value, or the JSON text of one. */
function unpack(value: unknown): unknown {
  return typeof value === 'string' ? parseJsonText(value) : value;
}

function unpackList(value: unknown): readonly unknown[] | undefined {
  return asArray(unpack(value));
}

function readStages(value: unknown, count: number): LabelledStage[] | 'bad' | undefined {
  const listed = unpackList(value);
  if (!listed) return undefined;
  const stages: LabelledStage[] = [];
  for (const one of listed) {
    const stage = asObject(unpack(one));
    const id = asNumber(stage?.['stage_id']);
    const start = asNumber(stage?.['start_step_id']);
    const end = asNumber(stage?.['end_step_id']);
    if (id === undefined || start === undefined || end === undefined) return 'bad';
    if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 1 && end <= count && start <= end))
      return 'bad';
    stages.push({ id, start, end });
  }
  return stages;
}

function readQuotes(value: unknown, count: number): StepQuote[] {
  const quotes: StepQuote[] = [];
  for (const one of unpackList(value) ?? []) {
    const step = asObject(unpack(one));
    const number = asNumber(step?.['step_id']);
    if (!step || number === undefined || number < 1 || number > count) continue;
    for (const of of ['action', 'observation'] as const) {
      const ref = refOf(step, `${of}_ref`);
      const content = asString(ref?.['content']);
      if (content === undefined || content.trim() === '') continue;
      const path = asString(ref?.['path']);
      quotes.push({ step: number, of, content, ...(path !== undefined && { path }) });
    }
  }
  return quotes;
}

function refOf(step: JsonObject, key: string): JsonObject | undefined {
  return asObject(unpack(step[key]));
}
