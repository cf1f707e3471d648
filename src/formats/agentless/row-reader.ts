import { asArray, asObject, asString, at, type JsonObject, pointer } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { readUsage } from '../shared/read-usage.ts';
import { splitAnswer } from './answer-text.ts';
import { nameCall, type RowKind, readIssue } from './schema.ts';

/** The stages of a row of locations: what was asked, and what was taken of the answer. */
const STAGES = [
  ['file_traj', 'localize_files', 'found_files'],
  ['related_loc_traj', 'localize_related', 'found_related_locs'],
  ['edit_loc_traj', 'localize_edits', 'found_edit_locs'],
] as const;

/** Reads a row of an output file into a run. */
export function readRow(run: RunBuilder, row: JsonObject, kind: RowKind, place: SourceRef): void {
  if (kind === 'locations') readLocations(run, row, place);
  else if (kind === 'samples') readSamples(run, row, place);
  else readPatch(run, row, place);
}

function readLocations(run: RunBuilder, row: JsonObject, place: SourceRef): void {
  for (const [key, tool, found] of STAGES) {
    const calls = asArray(row[key]) ?? [row[key]];
    for (const [index, call] of calls.entries()) {
      const path = Array.isArray(row[key]) ? [key, index] : [key];
      if (call === undefined || call === null) continue;
      const taken = row[found];
      readCall(
        run,
        call,
        tool,
        { ...place, pointer: pointer(...path) },
        {
          observation: taken === undefined ? undefined : showFound(taken),
          place: { ...place, pointer: pointer(found) },
        },
      );
    }
  }
}

function readSamples(run: RunBuilder, row: JsonObject, place: SourceRef): void {
  const names = asArray(at(row, 'file_names', 0)) ?? [];
  let prompt: string | undefined;
  for (const [index, call] of (asArray(row.traj) ?? []).entries()) {
    const asked = asString(at(call, 'prompt'));
    const again = prompt !== undefined && asked === prompt;
    prompt = asked ?? prompt;
    const name = names[index];
    readCall(
      run,
      call,
      'repair',
      { ...place, pointer: pointer('traj', index) },
      {
        observation: name === undefined ? undefined : showFound(name),
        place: { ...place, pointer: pointer('file_names', 0, index) },
      },
      again,
    );
  }
}

/** A patch that the last stage made of one sample; empty where it did not pass the checks. */
function readPatch(run: RunBuilder, row: JsonObject, place: SourceRef): void {
  const raw = asString(row.raw_model_patch) ?? '';
  const patch = asString(row.model_patch) ?? '';
  const at = { ...place, pointer: '/model_patch' };
  if (patch.trim() !== '') run.submission = { text: patch, place: at };
  if (raw.trim() === '' && patch.trim() === '') return;
  run.beginTurn();
  const text = raw.trim() === '' ? patch : raw;
  const step = run.call({
    tool: 'apply_patch',
    action: text,
    args: { patch: text },
    place: { ...place, pointer: '/raw_model_patch' },
  });
  run.result(step, { status: patch.trim() === '' ? 'rejected' : 'ok' });
}

function readCall(
  run: RunBuilder,
  call: unknown,
  tool: string,
  place: SourceRef,
  result: { observation: string | undefined; place: SourceRef },
  sameTurn = false,
): void {
  const prompt = asString(at(call, 'prompt'));
  if (prompt !== undefined && prompt !== '' && !sameTurn) {
    const asked = { ...place, pointer: `${place.pointer ?? ''}/prompt` };
    const issue = readIssue(prompt);
    if (issue !== undefined && run.task?.text === undefined) {
      run.task = { ...run.task, text: issue, place: asked };
    }
    run.message({ role: 'user', kind: 'prompt', text: prompt, place: asked });
  }
  const usage = usageOf(call);
  run.totalUsage = addUsage(run.totalUsage, usage);
  if (!sameTurn) run.beginTurn(usage);
  const responses = at(call, 'response');
  const answers = asArray(responses) ?? [responses];
  for (const [index, said] of answers.entries()) {
    const text = asString(said);
    if (text === undefined) run.log.fold('unexpected-shape', 'warning', 'a request has no answer', place);
    if (text === undefined || text.trim() === '') continue;
    const inside = Array.isArray(responses) ? pointer('response', index) : '/response';
    const at = { ...place, pointer: `${place.pointer ?? ''}${inside}` };
    const { thought, action } = splitAnswer(text);
    run.think(thought, at);
    const named = tool === 'repair' ? tool : prompt === undefined ? tool : refine(prompt, tool);
    const step = run.call({ tool: named, action, place: at });
    const { observation } = result;
    run.result(step, {
      ...(observation !== undefined && { observation, place: result.place }),
      status: 'unknown',
    });
  }
}

function refine(prompt: string, tool: string): string {
  const named = nameCall('localize', prompt);
  return named === 'ask_model' ? tool : named;
}

/** Samples of one request report its prompt once: later ones have 0, which is no count. */
function usageOf(call: unknown): Usage | undefined {
  const usage = asObject(at(call, 'usage'));
  if (!usage) return undefined;
  return readUsage(usage.prompt_tokens === 0 ? { ...usage, prompt_tokens: null } : usage);
}

/** Places as the pipeline took them, one a line. */
function showFound(found: unknown): string {
  if (typeof found === 'string') return found;
  const list = asArray(found);
  if (!list) return JSON.stringify(found);
  return list.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n');
}
