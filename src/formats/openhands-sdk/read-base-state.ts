import { asArray, asNumber, asString, at, isObject } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { readServiceMetrics, readTokenCounts } from '../openhands/read-metrics.ts';
import { baseState } from './schema.ts';

/** Usage of single answers of the model, by `llm_response_id`. */
export type UsageByResponse = ReadonlyMap<string, Usage>;

/** Model, directory, state and usage from `base_state.json`, or from the same state inside an event. */
export function readBaseState(run: RunBuilder, value: unknown): UsageByResponse {
  const { data: state } = baseState.safeParse(value);
  if (!state) return new Map();
  run.model ??= state.agent?.llm?.model;
  run.initialCwd ??= state.workspace?.working_dir;
  run.exitStatus = state.execution_status ?? run.exitStatus;
  return readStats(run, state.stats);
}

/** `stats` are cumulative: the last ones stand for the whole run. */
export function readStats(run: RunBuilder, stats: unknown): UsageByResponse {
  run.totalUsage = readServiceMetrics(stats) ?? run.totalUsage;
  const byResponse = new Map<string, Usage>();
  const services = at(stats, 'usage_to_metrics');
  if (!isObject(services)) return byResponse;
  for (const metrics of Object.values(services)) {
    run.model ??= asString(at(metrics, 'model_name'));
    const usages = asArray(at(metrics, 'token_usages')) ?? [];
    const costs = asArray(at(metrics, 'costs')) ?? [];
    for (const [index, tokens] of usages.entries()) {
      const id = asString(at(tokens, 'response_id'));
      if (id === undefined || id === '') continue;
      // Costs have no ids; they stand beside the tokens of the same answer when there are as many.
      const cost = costs.length === usages.length ? asNumber(at(costs[index], 'cost')) : undefined;
      const usage = addUsage(
        readTokenCounts(tokens),
        cost !== undefined && cost > 0 ? { costUsd: cost } : undefined,
      );
      if (usage) byResponse.set(id, usage);
    }
  }
  return byResponse;
}
