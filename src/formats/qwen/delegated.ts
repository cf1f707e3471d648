import { asArray, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { placeIn } from '../shared/place-in.ts';
import { describeCall } from './describe-call.ts';

/** The result of a call that started a sub-agent tells, for the screen, which tools the sub-agent called. */
export function isDelegation(display: unknown): display is JsonObject {
  return isObject(display) && display.type === 'task_execution';
}

/** The sub-agent's calls as its caller's result lists them, under that call. */
export function readDelegated(
  run: RunBuilder,
  parent: PendingStep,
  display: JsonObject,
  place: SourceRef,
): void {
  const name = asString(display.subagentName);
  const prompt = asString(display.taskPrompt);
  const thread = run.branch(parent, {
    ...(name !== undefined && { name }),
    ...(prompt !== undefined && { prompt }),
  });
  for (const [index, call] of (asArray(display.toolCalls) ?? []).entries()) {
    const at = placeIn(place, 'toolCalls', index);
    if (!isObject(call)) {
      run.log.fold('unexpected-shape', 'warning', 'a call of a sub-agent is no object', at);
      continue;
    }
    const tool = asString(call.name) ?? 'unknown';
    const args = isObject(call.args) ? call.args : undefined;
    // Which of them one answer issued together is not recorded.
    thread.beginTurn();
    const step = thread.call({ tool, action: describeCall(tool, args), ...(args && { args }), place: at });
    const observation = readOutput(call);
    if (call.status === 'success' || call.status === 'failed' || observation !== undefined) {
      thread.result(step, {
        ...(observation !== undefined && { observation }),
        status: call.status === 'success' ? 'ok' : call.status === 'failed' ? 'error' : 'unknown',
        place: at,
      });
    }
  }
  thread.think(asString(display.result), placeIn(place, 'result'));
}

function readOutput(call: JsonObject): string | undefined {
  const parts = asArray(call.responseParts) ?? [];
  const output = parts
    .map((part) => at(part, 'functionResponse', 'response', 'output'))
    .find((text) => typeof text === 'string');
  return asString(output) ?? asString(call.result) ?? asString(call.resultDisplay) ?? asString(call.error);
}
