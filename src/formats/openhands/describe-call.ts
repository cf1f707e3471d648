import { asString, type JsonObject } from '../../base/json.ts';
import { renderAction } from '../shared/render-action.ts';

/** Tools whose action is one text that runs as it stands, by the argument that holds it. */
const VERBATIM: Readonly<Record<string, string>> = {
  run: 'command',
  execute_bash: 'command',
  bash: 'command',
  terminal: 'command',
  execute_ipython_cell: 'code',
  run_ipython: 'code',
};

/** The action's text: what the shell or the Python kernel got, else the call with its arguments, readable. */
export function describeCall(tool: string, args: JsonObject | undefined): string {
  const key = Object.hasOwn(VERBATIM, tool) ? VERBATIM[tool] : undefined;
  const text = key === undefined ? undefined : asString(args?.[key]);
  return text ?? renderAction(tool, args);
}

/** Arguments that steer the harness and say nothing of the action. */
const INTERNAL = new Set([
  'thought',
  'kind',
  'security_risk',
  'summary',
  'confirmation_state',
  'is_confirmed',
  'hidden',
  'blocking',
  'is_static',
  'impl_source',
  'translated_ipython_code',
  'kernel_init_code',
  'include_extra',
  'keep_prompt',
  'action_risk',
]);

/** Arguments of an executed action without the harness's own and without empty ones. */
export function cleanArguments(args: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(args).filter(
      ([key, value]) => !INTERNAL.has(key) && value !== null && value !== undefined,
    ),
  );
}

/** The action's text for a call as the model wrote it: without the arguments that steer the harness. */
export function describeRequest(tool: string, args: JsonObject | undefined): string {
  // Thinking is the whole of a think call.
  return describeCall(tool, args && tool !== 'think' ? cleanArguments(args) : args);
}
