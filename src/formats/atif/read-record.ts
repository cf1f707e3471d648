import { asArray, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import type { Usage } from '../../model/usage.ts';
import { readUsage } from '../shared/read-usage.ts';
import type { AtifStep, SubagentRef } from './schema.ts';

/** Takes a step apart; undefined for what is no object. */
export function readStepRecord(value: unknown): AtifStep | undefined {
  if (!isObject(value)) return undefined;
  return {
    source: asString(value.source),
    timestamp: value.timestamp,
    message: value.message,
    reasoning: asString(value.reasoning_content),
    modelName: asString(value.model_name),
    toolCalls: asArray(value.tool_calls) ?? [],
    results: asArray(at(value.observation, 'results')) ?? [],
    metrics: value.metrics,
    extra: value.extra,
    copied: value.is_copied_context === true,
  };
}

export function readSubagentRefs(result: unknown): SubagentRef[] {
  const refs = at(result, 'subagent_trajectory_ref');
  const list = asArray(refs) ?? (isObject(refs) ? [refs] : []);
  return list.filter(isObject).map((ref) => ({
    trajectoryId: asString(ref.trajectory_id),
    sessionId: asString(ref.session_id),
    path: asString(ref.trajectory_path),
    summary: asString(at(ref, 'extra', 'summary')),
  }));
}

/** Usage of one step. `prompt_tokens` hold the cached ones; what is no core field may stand in `extra`. */
export function readMetrics(metrics: unknown): Usage | undefined {
  if (!isObject(metrics)) return undefined;
  const extra: JsonObject = isObject(metrics.extra) ? metrics.extra : {};
  const { prompt_tokens, completion_tokens, cached_tokens, cost_usd } = metrics;
  return readUsage({
    // The key is always there, so that the counts are read as this format means them.
    prompt_tokens: prompt_tokens ?? null,
    completion_tokens,
    cached_tokens,
    cost_usd,
    cache_creation_input_tokens: extra.cache_creation_input_tokens,
    completion_tokens_details: { reasoning_tokens: extra.reasoning_tokens ?? extra.reasoning_output_tokens },
  });
}

/** Usage of the whole trajectory from `final_metrics`. */
export function readFinalMetrics(metrics: unknown): Usage | undefined {
  if (!isObject(metrics)) return undefined;
  const extra: JsonObject = isObject(metrics.extra) ? metrics.extra : {};
  return readMetrics({
    prompt_tokens: metrics.total_prompt_tokens,
    completion_tokens: metrics.total_completion_tokens,
    cached_tokens: metrics.total_cached_tokens,
    cost_usd: metrics.total_cost_usd,
    extra: {
      cache_creation_input_tokens: extra.total_cache_creation_input_tokens,
      reasoning_tokens: extra.total_reasoning_tokens ?? extra.reasoning_output_tokens,
    },
  });
}
