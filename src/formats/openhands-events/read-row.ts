import { asBoolean, asString, asText, at, type JsonObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { classifyFailure } from '../openhands/classify-failure.ts';
import { readMetrics, readTokenCounts } from '../openhands/read-metrics.ts';
import { rowMetadata, sessionMetadata } from './schema.ts';

/** The task's id, as the evaluations and the issue resolver name it. */
export function readTaskId(row: JsonObject): string | undefined {
  const id = row.instance_id ?? at(row.instance, 'instance_id') ?? row.id ?? row.task_id;
  if (typeof id === 'string' && id !== '') return id;
  if (typeof id === 'number') return String(id);
  const { issue } = row;
  const [owner, repo, number] = [at(issue, 'owner'), at(issue, 'repo'), at(issue, 'number')];
  if (typeof owner === 'string' && typeof repo === 'string')
    return `${owner}__${repo}-${asText(number) ?? ''}`;
  return asString(at(row, 'conversation_id'));
}

/** What stands around the history of a run: task, model, outcome, patch, error and usage. Call it before the events. */
export function readRow(run: RunBuilder, row: JsonObject, placeOf: (...path: string[]) => SourceRef): void {
  const id = readTaskId(row);
  const text = asString(row.instruction);
  if (text !== undefined && text !== '')
    run.task = { ...(id !== undefined && { id }), text, place: placeOf('instruction') };
  else if (id !== undefined) run.task = { id };
  readConfiguration(run, row);
  const error = asString(row.error);
  if (error !== undefined && error.trim() !== '') {
    run.exceptions.push({ kind: classifyFailure(error), message: error, place: placeOf('error') });
  }
  for (const path of [['test_result', 'git_patch'], ['git_patch'], ['model_patch']]) {
    const patch = asString(at(row, ...path));
    if (patch !== undefined && patch.trim() !== '')
      run.submission ??= { text: patch, place: placeOf(...path) };
  }
  readOutcome(run, row, placeOf);
  const usage = readMetrics(row.metrics);
  if (usage) run.totalUsage = usage;
}

function readConfiguration(run: RunBuilder, row: JsonObject): void {
  const { data: metadata } = rowMetadata.safeParse(row.metadata);
  const model = metadata?.llm_config?.model ?? metadata?.model_name;
  if (model !== undefined) run.model = model;
  // Evaluations name the version in the folder of their output: `..._maxiter_50_N_v0.35.0-no-hint-run_1`.
  const version = /_N_v(\d+(?:\.\d+){0,3})/.exec(metadata?.eval_output_dir ?? '')?.[1];
  if (version !== undefined) run.agent = { name: 'OpenHands', version };
}

function readOutcome(run: RunBuilder, row: JsonObject, placeOf: (...path: string[]) => SourceRef): void {
  const signal = (path: readonly string[], authority: 'checker' | 'harness' | 'agent'): void => {
    const flag = asBoolean(at(row, ...path));
    if (flag === undefined) return;
    const source = path.join('.');
    const says = flag ? 'solved' : 'failed';
    run.outcomeSignals.push({
      source,
      says,
      detail: `${source}: ${flag}`,
      quote: String(flag),
      authority,
      place: placeOf(...path),
    });
  };
  signal(['report', 'resolved'], 'checker');
  signal(['test_result', 'report', 'resolved'], 'checker');
  signal(['test_result', 'resolved'], 'checker');
  signal(['resolved'], 'checker');
  signal(['test_result', 'result'], 'harness');
  signal(['test_result'], 'harness');
  // The resolver asks a model whether the issue is fixed: an opinion, not a check.
  signal(['success'], 'agent');
  const feedback = asString(row.feedback);
  if (feedback !== undefined) {
    const place = placeOf('feedback');
    const detail = `feedback: ${feedback}`;
    run.outcomeSignals.push({ source: 'feedback', says: 'unknown', detail, authority: 'agent', place });
  }
}

/** `metadata.json` of a session folder. */
export function readSessionMetadata(run: RunBuilder, value: unknown): void {
  const { data: metadata } = sessionMetadata.safeParse(value);
  if (!metadata) return;
  if (metadata.llm_model !== undefined) run.model = metadata.llm_model;
  const usage = {
    ...readTokenCounts(metadata),
    ...readMetrics({ accumulated_cost: metadata.accumulated_cost }),
  };
  if (Object.keys(usage).length > 0) run.totalUsage = usage;
  const startedAt = toMillis(metadata.created_at);
  if (startedAt !== undefined) run.startedAt = startedAt;
}
