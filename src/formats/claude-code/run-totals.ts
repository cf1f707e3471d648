import { asBoolean, asNumber, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { type Origin, placeIn } from './record.ts';
import { meaningful } from './usage-ledger.ts';

/** How the CLI ends a query without an answer, and what that means for the run. */
const LIMITS: ReadonlyMap<string, 'limit' | 'crash'> = new Map([
  ['error_max_turns', 'limit'],
  ['error_max_budget_usd', 'limit'],
  ['error_max_structured_output_retries', 'limit'],
  ['error_during_execution', 'crash'],
]);

/**
 * The `result` records of a stream. `modelUsage` and the cost count up over the life of a process, so of several
 * results of one process the last one holds the total; a smaller cost means that another process began.
 */
export class RunTotals {
  private readonly finished: Usage[] = [];
  private current: Usage | undefined;

  read(record: JsonObject, origin: Origin, run: RunBuilder): void {
    const subtype = asString(record.subtype) ?? 'unknown';
    const isError = asBoolean(record.is_error) === true;
    run.exitStatus = subtype;
    run.outcomeSignals.push({
      source: 'result record of the agent',
      says: 'unknown',
      detail: `subtype ${subtype}, is_error ${String(isError)}`,
      ...(asString(record.subtype) !== undefined && { quote: subtype }),
      place: origin.place,
      authority: 'agent',
    });
    const text = asString(record.result) ?? '';
    const kind = LIMITS.get(subtype) ?? (isError ? 'api' : undefined);
    if (kind) {
      const message = text === '' ? subtype : text;
      run.exceptions.push({ kind, message, place: placeIn(origin, text === '' ? 'subtype' : 'result') });
    }
    this.addUsage(readModelUsage(record));
  }

  total(): Usage | undefined {
    let sum = this.current;
    for (const usage of this.finished) sum = addUsage(sum, usage);
    return sum;
  }

  private addUsage(usage: Usage | undefined): void {
    if (!usage) return;
    if (this.current && (usage.costUsd ?? 0) < (this.current.costUsd ?? 0)) this.finished.push(this.current);
    this.current = usage;
  }
}

function readModelUsage(record: JsonObject): Usage | undefined {
  let sum: Usage | undefined;
  const perModel = isObject(record.modelUsage) ? Object.values(record.modelUsage) : [];
  for (const model of perModel) sum = addUsage(sum, readOneModel(model));
  const cost = asNumber(record.total_cost_usd);
  return meaningful(sum && cost !== undefined ? { ...sum, costUsd: cost } : sum);
}

function readOneModel(model: unknown): Usage | undefined {
  const fresh = asNumber(at(model, 'inputTokens'));
  const cached = asNumber(at(model, 'cacheReadInputTokens'));
  const written = asNumber(at(model, 'cacheCreationInputTokens'));
  const output = asNumber(at(model, 'outputTokens'));
  if (fresh === undefined && output === undefined) return undefined;
  return {
    ...(fresh !== undefined && { inputTokens: fresh + (cached ?? 0) + (written ?? 0) }),
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(written !== undefined && { cacheWriteTokens: written }),
    ...(output !== undefined && { outputTokens: output }),
  };
}
